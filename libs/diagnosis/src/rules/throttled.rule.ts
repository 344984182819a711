import { known } from '../evidence/logins.ts';
import { endpointOf } from '../look.ts';
import { defineRule, eachResult, messages } from '../rule.ts';
import { isLoginCheck, mailboxOf, refusal } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type Refusal, words } from '../words/told.ts';

/** RFC 6585, section 4. */
const TOO_MANY_REQUESTS = 429;

export const throttled = defineRule({
  id: 'throttled',
  items: ['X7'],
  owner: ({ answer }) => answer?.owner ?? 'ece-administrator',
  confidence: 'certain',
  words: words<Refusal>({
    en: {
      sentence: (p) => `${en.list(p.places)} asks to slow down${en.said(p)}`,
      cause: (p) =>
        en.because(
          p,
          'Throttled is not down: too many requests or connections at once for this mailbox or application. It says nothing of path, token or mailbox.',
        ),
      nextStep: (p) =>
        en.remedy(
          p,
          'Wait; then let fewer processes use the mailbox at once (three SMTP sessions and 30 messages a minute at the most).',
        ),
    },
    ja: {
      sentence: (p) => `${ja.list(p.places)} が要求の頻度を下げるよう求めています${ja.said(p)}。`,
      cause: (p) =>
        ja.because(
          p,
          'スロットリングは障害ではありません。このメールボックスまたはアプリケーションに対する同時の要求や接続が多すぎます。経路、トークン、メールボックスについては何も示していません。',
        ),
      nextStep: (p) =>
        ja.remedy(
          p,
          'しばらく待ってから、メールボックスを同時に使用するプロセスを減らしてください (SMTP は最大 3 セッション、毎分 30 通)。',
        ),
    },
  }),
  find: eachResult({
    applies: ({ outcome, evidence }) =>
      outcome === 'throttled' || (outcome === 'warn' && evidence.http?.status === TOO_MANY_REQUESTS),
    about: (result) => (isLoginCheck(result) ? mailboxOf(result) : endpointOf(result)),
    details: refusal,
    evidence: messages,
    more: known,
  }),
});
