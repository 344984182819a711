import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../words/words.tsx';
import { answer, api } from './client.ts';
import { ASK_AGAIN_MS } from './queries.ts';

/** What is compared: since a moment or since a baseline, until a moment; now where that is null. */
export interface Span {
  since: string | null;
  baseline: string | null;
  until: string | null;
}

export const baselinesKey = (siteId: string) => ['baselines', siteId] as const;

export function useBaselines(siteId: string) {
  return useQuery({
    queryKey: baselinesKey(siteId),
    queryFn: () => answer(api.GET('/v1/sites/{siteId}/baselines', { params: { path: { siteId } } })),
  });
}

/** The cells that are another at the later moment; what got worse first. */
export function useChanges(siteId: string, { since, baseline, until }: Span) {
  const { language } = useSpeech();
  return useQuery({
    queryKey: ['changes', siteId, language, since, baseline, until],
    queryFn: () =>
      answer(
        api.GET('/v1/sites/{siteId}/comparison/changes', {
          params: {
            path: { siteId },
            header: { 'Accept-Language': language },
            query: {
              ...(baseline === null ? { since: since ?? '' } : { baseline }),
              ...(until !== null && { until }),
            },
          },
        }),
      ),
    refetchInterval: until === null ? ASK_AGAIN_MS : false,
    placeholderData: (previous) => previous,
  });
}

/** The comparison as it was at the earlier moment. */
export function useThen(siteId: string, { since, baseline }: Span, enabled: boolean) {
  const { language } = useSpeech();
  return useQuery({
    queryKey: ['then', siteId, language, since, baseline],
    enabled,
    staleTime: Infinity,
    queryFn: () =>
      answer(
        api.GET('/v1/sites/{siteId}/comparison', {
          params: {
            path: { siteId },
            header: { 'Accept-Language': language },
            query: baseline === null ? { at: since ?? '' } : { baseline },
          },
        }),
      ),
  });
}

/** One check against one target over time, a line for each server. */
export function useSeries(siteId: string, check: string, target: string, hours: number, buckets: number) {
  return useQuery({
    queryKey: ['series', siteId, check, target, hours, buckets],
    queryFn: () => {
      const to = Date.now();
      const from = new Date(to - hours * 3_600_000).toISOString();
      return answer(
        api.GET('/v1/sites/{siteId}/series', {
          params: {
            path: { siteId },
            query: { check, target, from, to: new Date(to).toISOString(), buckets },
          },
        }),
      );
    },
    refetchInterval: ASK_AGAIN_MS,
    placeholderData: (previous) => previous,
  });
}
