import { useQueries } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import type { AuditEntry } from '../api/types.ts';

/** Names are asked for of so many sites; a log of more is read site by site. */
const MOST_SITES = 8;
const ALL = { limit: 500 };

interface Named {
  id: string;
  name: string;
}

/** The names by which people know what entries are about; what is gone has none any more. */
export function useNames(entries: readonly AuditEntry[]): ReadonlyMap<string, string> {
  const siteIds = [...new Set(entries.flatMap(({ siteId }) => siteId ?? []))].slice(0, MOST_SITES);
  const asked: { queryKey: readonly unknown[]; queryFn: () => Promise<Named[]> }[] = [
    {
      queryKey: ['names', 'sites'],
      queryFn: async () => (await answer(api.GET('/v1/sites', { params: { query: ALL } }))).items,
    },
    {
      queryKey: ['names', 'users'],
      queryFn: async () => (await answer(api.GET('/v1/users', { params: { query: ALL } }))).items,
    },
    {
      queryKey: ['names', 'keys'],
      queryFn: async () => (await answer(api.GET('/v1/api-keys', { params: { query: ALL } }))).items,
    },
    ...siteIds.flatMap((siteId) => [
      {
        queryKey: ['names', 'servers', siteId],
        queryFn: async () => {
          const params = { path: { siteId }, query: ALL };
          return (await answer(api.GET('/v1/sites/{siteId}/servers', { params }))).items;
        },
      },
      {
        queryKey: ['names', 'mailboxes', siteId],
        queryFn: async () => {
          const params = { path: { siteId }, query: ALL };
          const { items } = await answer(api.GET('/v1/sites/{siteId}/mailboxes', { params }));
          return items.map(({ id, address }) => ({ id, name: address }));
        },
      },
    ]),
  ];
  return useQueries({
    queries: asked,
    combine: (answers) =>
      new Map(answers.flatMap(({ data }) => data ?? []).map(({ id, name }) => [id, name] as const)),
  });
}
