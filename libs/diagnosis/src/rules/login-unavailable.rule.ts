import { known, loginLines } from '../evidence/logins.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import { refusal, spoken } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { isLocal, type Refusal, words } from '../words/told.ts';

/** Only what every server is told is Microsoft's. */
export const loginUnavailable = defineRule({
  id: 'login.unavailable',
  items: ['X7'],
  owner: (told) => (told.spread === 'all' ? 'microsoft' : isLocal(told) ? 'network' : 'unknown'),
  confidence: ({ spread }) => (spread === 'all' ? 'likely' : 'possible'),
  after: ['resolve.name-fails', 'proxy.unreachable', 'connect.broken', 'tls.failed', 'token.unavailable'],
  words: words<Refusal>({
    en: {
      sentence: (p) =>
        `${en.list(p.protocols)} says that it cannot serve ${en.list(p.mailboxes)} now${en.said(p)}`,
      cause: (p) =>
        en.because(
          p,
          `${p.spread === 'all' ? 'Every server is told so: a fault of the service.' : 'A fault of the moment in the service, or of the mailbox’s server; it is no fault of the credentials.'}${en.ifLocal(p, 'Other servers are served.')}`,
        ),
      nextStep: () => 'Wait and look again; then read the service health of Microsoft 365.',
    },
    ja: {
      sentence: (p) =>
        `${ja.list(p.protocols)} が、現在 ${ja.list(p.mailboxes)} に対応できないと返しています${ja.said(p)}。`,
      cause: (p) =>
        ja.because(
          p,
          `${p.spread === 'all' ? 'すべてのサーバーで同じため、サービス側の障害です。' : 'サービスまたはメールボックス サーバーの一時的な障害です。資格情報の問題ではありません。'}${ja.ifLocal(p, '他のサーバーは正常です。')}`,
        ),
      nextStep: () =>
        'しばらく待って再度確認し、続く場合は Microsoft 365 のサービス正常性を確認してください。',
    },
  }),
  find: eachResult({
    applies: ({ failure }) => failure?.code === 'unavailable',
    // A service that is not available is so for every mailbox that it was asked for.
    about: spoken,
    part: nothing,
    details: refusal,
    evidence: loginLines,
    more: known,
  }),
});
