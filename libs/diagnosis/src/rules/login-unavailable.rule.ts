import { known, loginLines } from '../evidence/logins.ts';
import { lasting, lasts } from '../evidence/rounds.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import { refusal, spoken } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { isLocal, isOwnState, type Refusal, words } from '../words/told.ts';

/** The session ended because its token did, which waiting does not heal. */
const ranOut = ({ answer }: Refusal): boolean => answer?.items?.[0] === 'C4';

/** The service waits for somebody of the organization to do less, and time alone does not see to that. */
const isSomebodysDoing = (told: Refusal): boolean =>
  isOwnState(told) && told.answer?.owner !== undefined && told.answer.owner !== 'microsoft';

/** Only what every server is told is Microsoft's. */
export const loginUnavailable = defineRule({
  id: 'login.unavailable',
  items: (told) => (ranOut(told) ? ['C4'] : ['X7']),
  owner: (told) => {
    if (ranOut(told)) return 'ece-administrator';
    // Who holds a mailbox, or opens too many sessions, does so whoever meets it.
    if (isSomebodysDoing(told)) return told.answer?.owner ?? 'unknown';
    if (told.spread === 'all') return 'microsoft';
    if (!isLocal(told)) return 'unknown';
    // One front end of the service, or what this server meets on its way: neither is shown.
    return isOwnState(told) ? 'unknown' : 'network';
  },
  confidence: ({ spread }) => (spread === 'all' ? 'likely' : 'possible'),
  after: [
    'resolve.name-fails',
    'proxy.unreachable',
    'connect.broken',
    'tls.failed',
    'greet.refused',
    'token.unavailable',
    'mailbox.no-log-on',
    'mailbox.refused',
    'send.denied',
  ],
  words: words<Refusal & { rounds?: number }>({
    en: {
      sentence: (p) =>
        `${en.list(p.protocols)} says that it cannot serve ${p.mailboxes.length > 0 ? en.list(p.mailboxes) : 'anybody'} now${en.said(p)}`,
      cause: (p) =>
        lasts(p)
          ? `${en.meaning(p, 'The answer promises that it passes.')} It has been so for ${p.rounds} rounds in a row, so it does not pass by itself, whatever the answer promises.`
          : en.because(
              p,
              `${p.spread === 'all' ? 'Every server is told so: a fault of the service.' : 'A fault of the moment in the service, or of the mailbox’s server; it is no fault of the credentials.'}${en.ifLocal(p, 'Other servers are served.')}`,
            ),
      nextStep: (p) =>
        lasts(p)
          ? 'Do not wait for it to pass: show the line to the Exchange administrator, read the service health of Microsoft 365, and open a ticket with the times of the attempts.'
          : ranOut(p) || isSomebodysDoing(p)
            ? en.remedy(p, '')
            : 'Wait and look again; then read the service health of Microsoft 365.',
    },
    ja: {
      sentence: (p) =>
        `${ja.list(p.protocols)} が、現在${p.mailboxes.length > 0 ? ` ${ja.list(p.mailboxes)} に` : ''}対応できないと返しています${ja.said(p)}。`,
      cause: (p) =>
        lasts(p)
          ? `${ja.meaning(p, '応答は一時的な障害を示しています。')}${p.rounds} 回連続で同じ応答のため、応答の内容にかかわらず、一時的な問題ではありません。`
          : ja.because(
              p,
              `${p.spread === 'all' ? 'すべてのサーバーで同じため、サービス側の障害です。' : 'サービスまたはメールボックス サーバーの一時的な障害です。資格情報の問題ではありません。'}${ja.ifLocal(p, 'ほかのサーバーは正常です。')}`,
            ),
      nextStep: (p) =>
        lasts(p)
          ? '自然に解消するのを待たず、この行を Exchange の管理者に提示し、Microsoft 365 のサービス正常性を確認して、発生時刻を添えて Microsoft に問い合わせてください。'
          : ranOut(p) || isSomebodysDoing(p)
            ? ja.remedy(p, '')
            : 'しばらく待って再度確認し、続く場合は Microsoft 365 のサービス正常性を確認してください。',
    },
  }),
  find: eachResult({
    applies: ({ failure }) => failure?.code === 'unavailable',
    // A service that is not available is so for every mailbox that it was asked for.
    about: spoken,
    part: nothing,
    details: (results, context) => ({ ...refusal(results, context), ...lasting(results, context) }),
    evidence: loginLines,
    more: known,
  }),
});
