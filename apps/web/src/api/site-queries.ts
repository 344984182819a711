import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../words/words.tsx';
import { answer, api } from './client.ts';
import { ASK_AGAIN_MS } from './queries.ts';
import { comparisonKey } from './live.ts';

/** What is waited for, such as a sign-in, is asked for this often. */
const WATCHED_MS = 2_000;
const ALL = { limit: 500 };

export function useSite(siteId: string) {
  return useQuery({
    queryKey: ['site', siteId],
    queryFn: () => answer(api.GET('/v1/sites/{siteId}', { params: { path: { siteId } } })),
  });
}

export function useMailboxes(siteId: string) {
  return useQuery({
    queryKey: ['mailboxes', siteId],
    queryFn: () =>
      answer(api.GET('/v1/sites/{siteId}/mailboxes', { params: { path: { siteId }, query: ALL } })),
  });
}

export function useCredentials(siteId: string) {
  return useQuery({
    queryKey: ['credentials', siteId],
    queryFn: () =>
      answer(api.GET('/v1/sites/{siteId}/credentials', { params: { path: { siteId }, query: ALL } })),
    refetchInterval: ASK_AGAIN_MS,
  });
}

export function useSignIns(siteId: string) {
  return useQuery({
    queryKey: ['sign-ins', siteId],
    queryFn: () =>
      answer(api.GET('/v1/sites/{siteId}/sign-ins', { params: { path: { siteId }, query: { limit: 5 } } })),
  });
}

export function useSignIn(siteId: string, signInId: string) {
  return useQuery({
    queryKey: ['sign-ins', siteId, signInId],
    queryFn: () =>
      answer(api.GET('/v1/sites/{siteId}/sign-ins/{signInId}', { params: { path: { siteId, signInId } } })),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || data.state === 'waiting' || data.state === 'redeeming' ? WATCHED_MS : false,
  });
}

/** The comparison, for pages that need to know only what works. */
export function useComparison(siteId: string) {
  const { language } = useSpeech();
  return useQuery({
    queryKey: [...comparisonKey(siteId, language), 'beside'],
    queryFn: () =>
      answer(
        api.GET('/v1/sites/{siteId}/comparison', {
          params: { path: { siteId }, header: { 'Accept-Language': language } },
        }),
      ),
    refetchInterval: ASK_AGAIN_MS,
  });
}

export function useSettings(siteId: string) {
  const { language } = useSpeech();
  return useQuery({
    queryKey: ['settings', siteId, language],
    queryFn: () =>
      answer(
        api.GET('/v1/sites/{siteId}/settings', {
          params: { path: { siteId }, header: { 'Accept-Language': language } },
        }),
      ),
    placeholderData: (previous) => previous,
  });
}

/** What one server reported since a moment, at most 500, the newest first. */
export function useResultsSince(siteId: string, serverId: string, hours: number) {
  return useQuery({
    queryKey: ['results', siteId, serverId, hours],
    queryFn: async () => {
      const now = Date.now();
      const from = now - hours * 3_600_000;
      const { items, nextCursor } = await answer(
        api.GET('/v1/sites/{siteId}/results', {
          params: { path: { siteId }, query: { serverId, from: new Date(from).toISOString(), ...ALL } },
        }),
      );
      const oldest = items.at(-1);
      // Where not all was answered, what lies before the oldest is not "no data": the bar begins there.
      const begins = nextCursor && oldest ? Date.parse(oldest.observedAt) : from;
      return { items, from: begins, to: now, truncated: nextCursor !== null };
    },
    refetchInterval: ASK_AGAIN_MS,
    placeholderData: (previous) => previous,
  });
}
