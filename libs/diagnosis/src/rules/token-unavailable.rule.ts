import type { CheckResult } from '@mailpath/protocol';
import { refused } from '../evidence/token-refusals.ts';
import { isServerFault } from '../evidence/replies.ts';
import { lasting, lasts } from '../evidence/rounds.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { isLocal, type Refusal, words } from '../words/told.ts';

/** RFC 9110, section 15.6: a server that fails says so with a page as often as with JSON. */
const isServerError = ({ failure, evidence }: CheckResult): boolean =>
  failure?.code === 'unexpected-reply' && isServerFault(evidence.token?.status);

/** Only what every server is told is Microsoft's. */
export const tokenUnavailable = defineRule({
  id: 'token.unavailable',
  items: ['X7'],
  owner: (told) => (told.spread === 'all' ? 'microsoft' : isLocal(told) ? 'network' : 'unknown'),
  confidence: ({ spread }) => (spread === 'all' ? 'likely' : 'possible'),
  words: words<Refusal & { rounds?: number }>({
    en: {
      sentence: (p) => `Entra ID says that it cannot answer now${en.said(p)}`,
      cause: (p) =>
        lasts(p)
          ? `${en.meaning(p, 'The answer promises that it passes.')} It has been so for ${p.rounds} rounds in a row, so it does not pass by itself, whatever the answer promises.`
          : en.because(
              p,
              `${p.spread === 'all' ? 'Every server is told so: a fault of the service.' : 'A fault of the service, or a proxy that answers in its name.'}${en.ifLocal(p, 'Other servers are served, so the path or the moment is to blame.')}`,
            ),
      nextStep: (p) =>
        lasts(p)
          ? 'Do not wait for it to pass: read the service health of Microsoft 365, and open a ticket with the correlation IDs of the requests.'
          : 'Wait and look again; then read the service health of Microsoft 365.',
    },
    ja: {
      sentence: (p) => `Entra ID が現在応答できないと返しています${ja.said(p)}。`,
      cause: (p) =>
        lasts(p)
          ? `${ja.meaning(p, '応答は一時的な障害を示しています。')}${p.rounds} 回連続で同じ応答のため、応答の内容にかかわらず、一時的な問題ではありません。`
          : ja.because(
              p,
              `${p.spread === 'all' ? 'すべてのサーバーで同じため、サービス側の障害です。' : 'サービス側の障害、またはサービスに代わって応答するプロキシが考えられます。'}${ja.ifLocal(p, 'ほかのサーバーは正常なため、経路または一時的な問題です。')}`,
            ),
      nextStep: (p) =>
        lasts(p)
          ? '自然に解消するのを待たず、Microsoft 365 のサービス正常性を確認し、要求の相関 ID を添えて Microsoft に問い合わせてください。'
          : 'しばらく待って再度確認し、続く場合は Microsoft 365 のサービス正常性を確認してください。',
    },
  }),
  find: (context) =>
    unavailable(context).map((clue) => ({
      ...clue,
      details: { ...clue.details, ...lasting(clue.results, context) },
    })),
});

const unavailable = refused(
  (result) =>
    (result.failure?.phase === 'token' && (result.failure.code === 'unavailable' || isServerError(result))) ||
    (result.failure?.phase === 'http' && result.failure.code === 'unavailable'),
  () => 'sign-in host',
);
