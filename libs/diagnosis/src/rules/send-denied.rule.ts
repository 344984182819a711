import { deniedIn, known, loginLines, mailboxPart } from '../evidence/logins.ts';
import { defineRule, eachResult } from '../rule.ts';
import { mailboxOf, refusal } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type Refusal, words } from '../words/told.ts';

export const sendDenied = defineRule({
  id: 'send.denied',
  items: ['C8'],
  owner: 'exchange',
  defers: true,
  words: words<Refusal>({
    en: {
      sentence: (p) => `SMTP takes the login of ${en.list(p.mailboxes)}, but not the sender${en.said(p)}`,
      cause: (p) =>
        en.because(
          p,
          'The login is good, so it is no matter of the token: the account has no right to send as this address.',
        ),
      nextStep: (p) =>
        en.remedy(
          p,
          `Add-RecipientPermission ${en.list(p.mailboxes)} -Trustee <token user> -AccessRights SendAs, or send as the account itself.`,
        ),
    },
    ja: {
      sentence: (p) =>
        `SMTP は ${ja.list(p.mailboxes)} のログインを受け入れますが、送信者を拒否します${ja.said(p)}。`,
      cause: (p) =>
        ja.because(
          p,
          'ログインは成功しているため、トークンの問題ではありません。アカウントにこのアドレスとして送信する権限がありません。',
        ),
      nextStep: (p) =>
        ja.remedy(
          p,
          `Add-RecipientPermission ${ja.list(p.mailboxes)} -Trustee <トークンのユーザー> -AccessRights SendAs を実行するか、アカウント自身のアドレスで送信してください。`,
        ),
    },
  }),
  find: eachResult({
    applies: (result) => deniedIn(result, 'send'),
    about: mailboxOf,
    part: mailboxPart,
    details: refusal,
    evidence: loginLines,
    more: known,
  }),
});
