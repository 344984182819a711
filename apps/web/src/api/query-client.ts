import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut } from './client.ts';

export const SITES_KEY = ['sites'] as const;

/** What is asked, kept and asked again; a session that has ended is noticed by whatever is refused first. */
export function createQueries(): QueryClient {
  const onError = (error: Error): void => {
    // The list of sites is asked on every page, and what it is refused decides whether a sign-in is asked for.
    if (isSignedOut(error) && !isSignedOut(client.getQueryState(SITES_KEY)?.error))
      void client.invalidateQueries({ queryKey: SITES_KEY });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // What is on the page is kept true by events; a window that is looked at again asks once more.
        staleTime: 30_000,
        retry: (count, error) => !('status' in error) && count < 3,
        // A browser without a network may still reach an API on its own machine, and one with a network may not.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
