import type { CheckResult } from '@mailpath/protocol';
import { isForeignRefusal, isServerFault, seen } from '../evidence/replies.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** A clear answer of the other end's is for the rules that know what it means. */
const OTHER_END_SAID = ['denied', 'unavailable', 'throttled'];

const isOtherPage = ({ failure }: CheckResult): boolean =>
  failure?.phase === 'http' && !OTHER_END_SAID.includes(failure.code);

/** What answers a token request, and is no sign-in host; where a server fails, its own rule tells it. */
const isPageForToken = ({ failure, evidence }: CheckResult): boolean =>
  failure?.phase === 'token' &&
  failure.code === 'unexpected-reply' &&
  !isServerFault(evidence.token?.status ?? evidence.http?.status);

/** RFC 9110, section 15.5.22. */
const UPGRADE_REQUIRED = 426;
const statusOf = ({ evidence: { http, token } }: CheckResult): number | undefined =>
  token?.status ?? http?.status;

export const httpUnexpected = defineRule({
  id: 'http.unexpected',
  items: ({ wantsNewerTls }) => (wantsNewerTls ? ['X6', 'C9'] : ['C9', 'X6']),
  owner: ({ serverError, spread }) => (serverError && spread === 'all' ? 'microsoft' : 'proxy'),
  confidence: 'possible',
  after: ['mailpath.internal', 'http.silent'],
  words: words<{ line: string; serverError: boolean; wantsNewerTls?: boolean }>({
    en: {
      sentence: ({ places, line }) => `${en.list(places)} answers HTTP, but not as Microsoft does: ${line}`,
      cause: ({ serverError, wantsNewerTls }) =>
        wantsNewerTls
          ? 'HTTP 426 asks for a newer TLS: Microsoft refuses TLS 1.0, TLS 1.1 and old ciphers so, and what speaks with it, a proxy on the path or this server, uses one of them.'
          : serverError
            ? 'The service, or a proxy in its name, answers with a server error.'
            : 'A page of a proxy (login, block or error page) most likely stands where Microsoft’s answer should be.',
      nextStep: (p) =>
        p.wantsNewerTls
          ? `See which TLS version is agreed on with ${en.list(p.places)} from ${en.here(p)} and by the proxy on its path, and let both offer TLS 1.2 or newer.`
          : `Open ${en.list(p.places)} in a browser on ${en.here(p)}, and show what comes to the proxy team.`,
    },
    ja: {
      sentence: ({ places, line }) =>
        `${ja.list(places)} の HTTP 応答が Microsoft のものと異なります: ${line}`,
      cause: ({ serverError, wantsNewerTls }) =>
        wantsNewerTls
          ? 'HTTP 426 は、より新しい TLS を要求する応答です。Microsoft は TLS 1.0、TLS 1.1 と古い暗号スイートをこのように拒否します。経路上のプロキシ、またはこのサーバーがそれらを使用しています。'
          : serverError
            ? 'サービス、またはその代わりのプロキシがサーバー エラーを返しています。'
            : 'Microsoft の応答の代わりに、プロキシのページ (ログイン、ブロック、エラー) が返されている可能性が高いです。',
      nextStep: (p) =>
        p.wantsNewerTls
          ? `${ja.here(p)}と経路上のプロキシが ${ja.list(p.places)} との間で合意している TLS のバージョンを確認し、両方で TLS 1.2 以降を有効にしてください。`
          : `${ja.here(p)}のブラウザーで ${ja.list(p.places)} を開き、表示された内容をプロキシ担当に伝えてください。`,
    },
  }),
  alike: { by: ({ evidence }) => String(evidence.http?.status ?? ''), in: 'http' },
  find: eachResult({
    applies: (result) => isOtherPage(result) || isPageForToken(result) || isForeignRefusal(result),
    details: ([first]) => ({
      line: seen(first),
      serverError: isServerFault(first.evidence.http?.status),
      wantsNewerTls: statusOf(first) === UPGRADE_REQUIRED,
    }),
  }),
});
