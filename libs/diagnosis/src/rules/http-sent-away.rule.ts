import type { CheckResult } from '@mailpath/protocol';
import { distinct, endpointOf } from '../look.ts';
import { isMicrosofts, isUnderMicrosofts } from '../microsoft-hosts.ts';
import { defineRule, endpointPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** The host that one of Microsoft's own sends a browser to, where that is nobody of Microsoft's; null else. */
function sentTo({ target, evidence: { http, redirect } }: CheckResult): string | null {
  const { status = 0, location } = http ?? {};
  // The answer to a redirect URI leads to ECE, and is meant to.
  if (redirect || status < 300 || status > 399 || !location || !isMicrosofts(target.host)) return null;
  const host = URL.parse(location)?.hostname ?? '';
  return host === '' || isUnderMicrosofts(host) ? null : host;
}

/**
 * A filter that wants a sign-in or an acceptance sends whoever asks to a page of its own. The path stands and TLS is
 * good, so that nothing failed; ECE, which is no browser, gets no further.
 */
export const httpSentAway = defineRule({
  id: 'http.sent-away',
  phase: 'http',
  items: ['C9', 'X6'],
  owner: 'proxy',
  confidence: 'likely',
  comparesOnly: true,
  words: words<{ to: string; status: number }>({
    en: {
      sentence: ({ places, to, status }) =>
        `${en.list(places)} sends who asks to ${to} (HTTP ${status}), which is not Microsoft’s.`,
      cause: (p) =>
        `Microsoft leads from one of its own hosts to another: a filter or a portal on the path answered in its name, and wants a sign-in or an acceptance first.${en.ifLocal(p, 'Other servers are not sent there.')}`,
      nextStep: (p) =>
        `Let the proxy team allow ${en.list(p.places)} for ${en.here(p)} without a page in between: ECE is no browser and cannot follow it.`,
    },
    ja: {
      sentence: ({ places, to, status }) =>
        `${ja.list(places)} への要求が、Microsoft のものではない ${to} に転送されます (HTTP ${status})。`,
      cause: (p) =>
        `Microsoft のホストの転送先は Microsoft のホストです。経路上のフィルターまたはポータルが代わりに応答し、サインインまたは同意を求めています。${ja.ifLocal(p, 'ほかのサーバーは転送されません。')}`,
      nextStep: (p) =>
        `${ja.here(p)}から ${ja.list(p.places)} への通信を、途中のページなしで許可するようプロキシ担当に依頼してください。ECE はブラウザーではないため、転送先のページを処理できません。`,
    },
  }),
  alike: { by: (result) => sentTo(result) ?? '', in: 'http' },
  find: ({ server }) => {
    const away = server.results.filter((result) => sentTo(result) !== null);
    return [...Map.groupBy(away, endpointOf)].flatMap(([about, results]) => {
      const [first] = results;
      if (!first) return [];
      const lines = results.map(
        (each) =>
          `${endpointOf(each)}: HTTP ${each.evidence.http?.status} to ${each.evidence.http?.location}`,
      );
      return [
        {
          about,
          part: endpointPart(first),
          results,
          weighAs: 'fail' as const,
          provesUnaffected: (other: CheckResult) =>
            endpointOf(other) === about &&
            other.evidence.http?.status !== undefined &&
            sentTo(other) === null,
          evidence: distinct(lines),
          details: { to: sentTo(first) ?? '', status: first.evidence.http?.status ?? 0 },
        },
      ];
    });
  },
});
