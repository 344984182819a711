import { useQuery } from '@tanstack/react-query';
import type { Catalogue } from './check-facts.ts';
import { answer, api } from './client.ts';

/** The same for as long as the API runs, and in every language. */
export const useCatalogue = () =>
  useQuery({
    queryKey: ['catalogue'],
    staleTime: Infinity,
    queryFn: async (): Promise<Catalogue> => {
      const { items } = await answer(api.GET('/v1/checks', { params: { query: { limit: 500 } } }));
      return new Map(items.map(({ id, lane, phases }) => [id, { lane, phases }]));
    },
  });
