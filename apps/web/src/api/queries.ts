import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../words/words.tsx';
import { answer, api } from './client.ts';
import { SITES_KEY } from './query-client.ts';

/** While no event tells what is new, it is asked for again. */
export const ASK_AGAIN_MS = 15_000;

/** The site by its name, and what is judged of it as a whole. */
export function useVerdict(siteId: string, live: boolean) {
  const { language } = useSpeech();
  return useQuery({
    queryKey: ['findings', siteId, language, 'verdict'],
    queryFn: () =>
      answer(
        api.GET('/v1/sites/{siteId}/verdict', {
          params: { path: { siteId }, header: { 'Accept-Language': language } },
        }),
      ),
    refetchInterval: live ? false : ASK_AGAIN_MS,
    placeholderData: (previous) => previous,
  });
}

export function useFindings(siteId: string, state: 'open' | 'closed' | 'all', live: boolean) {
  const { language } = useSpeech();
  return useQuery({
    queryKey: ['findings', siteId, language, state],
    queryFn: () =>
      answer(
        api.GET('/v1/sites/{siteId}/findings', {
          params: {
            path: { siteId },
            header: { 'Accept-Language': language },
            query: { ...(state !== 'all' && { state }), limit: 200 },
          },
        }),
      ),
    refetchInterval: live ? false : ASK_AGAIN_MS,
    placeholderData: (previous) => previous,
  });
}

export function useFinding(siteId: string, findingId: string) {
  const { language } = useSpeech();
  return useQuery({
    queryKey: ['findings', siteId, language, findingId],
    queryFn: () =>
      answer(
        api.GET('/v1/sites/{siteId}/findings/{findingId}', {
          params: { path: { siteId, findingId }, header: { 'Accept-Language': language } },
        }),
      ),
    placeholderData: (previous) => (previous?.id === findingId ? previous : undefined),
  });
}

export function useChecklist(siteId: string) {
  const { language } = useSpeech();
  return useQuery({
    queryKey: ['checklist', siteId, language],
    queryFn: () =>
      answer(
        api.GET('/v1/sites/{siteId}/checklist', {
          params: { path: { siteId }, header: { 'Accept-Language': language } },
        }),
      ),
    refetchInterval: ASK_AGAIN_MS,
    placeholderData: (previous) => previous,
  });
}

export function useServers(siteId: string) {
  return useQuery({
    queryKey: ['servers', siteId],
    queryFn: () =>
      answer(api.GET('/v1/sites/{siteId}/servers', { params: { path: { siteId }, query: { limit: 500 } } })),
    refetchInterval: 5_000,
    placeholderData: (previous) => previous,
  });
}

/** All sites, each with its verdict. */
export function useSiteSummaries() {
  const { language } = useSpeech();
  return useQuery({
    queryKey: [...SITES_KEY, 'summary', language],
    queryFn: () =>
      answer(
        api.GET('/v1/sites', {
          params: { query: { limit: 500, summary: 'true' }, header: { 'Accept-Language': language } },
        }),
      ),
    refetchInterval: ASK_AGAIN_MS,
    placeholderData: (previous) => previous,
  });
}

/** Who is signed in; asked once a page. */
export const useSession = () =>
  useQuery({ queryKey: ['session'], queryFn: () => answer(api.GET('/v1/session', {})), staleTime: Infinity });
