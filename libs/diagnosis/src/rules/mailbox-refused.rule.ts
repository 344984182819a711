import { deniedIn, known, loginLines, mailboxPart } from '../evidence/logins.ts';
import { defineRule, eachResult } from '../rule.ts';
import { mailboxOf, refusal } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type Refusal, words } from '../words/told.ts';

export const mailboxRefused = defineRule({
  id: 'mailbox.refused',
  items: ['C8', 'C6', 'C7'],
  owner: 'exchange',
  words: words<Refusal>({
    en: {
      sentence: (p) =>
        `${en.list(p.protocols)} takes the token, but the mailbox ${en.list(p.mailboxes)} does not open${en.said(p)}`,
      cause: (p) =>
        `Authenticated but not connected: the token is good. The protocol is switched off for the token’s user, the user has no full access to the mailbox, or the mailbox is missing or has no licence.${en.ifLocal(p, 'Other servers open it, so look for a difference in time first.')}`,
      nextStep: (p) =>
        en.remedy(
          p,
          `See Get-CASMailbox for the token’s user (ImapEnabled, PopEnabled) and Get-MailboxPermission ${en.list(p.mailboxes)} (FullAccess), then the licence.`,
        ),
    },
    ja: {
      sentence: (p) =>
        `${ja.list(p.protocols)} はトークンを受け入れますが、メールボックス ${ja.list(p.mailboxes)} を開けません${ja.said(p)}。`,
      cause: (p) =>
        `認証は成功し、接続されていない状態です。トークンは正常です。トークンのユーザーでプロトコルが無効、メールボックスへのフル アクセスがない、またはメールボックスが存在しないかライセンスがありません。${ja.ifLocal(p, '他のサーバーでは開けるため、まず確認した時刻の違いを調べてください。')}`,
      nextStep: (p) =>
        ja.remedy(
          p,
          `トークンのユーザーの Get-CASMailbox (ImapEnabled、PopEnabled) と Get-MailboxPermission ${ja.list(p.mailboxes)} (FullAccess) を確認し、次にライセンスを確認してください。`,
        ),
    },
  }),
  find: eachResult({
    applies: (result) => deniedIn(result, 'open-mailbox'),
    about: mailboxOf,
    part: mailboxPart,
    details: refusal,
    evidence: loginLines,
    more: known,
  }),
});
