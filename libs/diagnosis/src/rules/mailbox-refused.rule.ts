import { refusedForGood, known, loginLines, mailboxPart } from '../evidence/logins.ts';
import { denials } from '../sign-in/denials.ts';
import { defineRule, eachResult } from '../rule.ts';
import { mailboxOf, refusal } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { each } from '../words/commands.ts';
import { byRung, itemsOf, type Refusal, words } from '../words/told.ts';

/** Exchange's own words for a session without a mailbox; any other refusal at this step says something else. */
const isNotConnected = ({ reply, answer }: Refusal): boolean =>
  answer?.rung !== 'family' && (answer !== null || /authenticated but not connected/i.test(reply));
const look = (mailbox: string): string => `Get-MailboxPermission ${mailbox}`;

export const mailboxRefused = defineRule({
  id: 'mailbox.refused',
  items: (p) => (isNotConnected(p) ? ['C8', 'C6', 'C7'] : itemsOf(p, ['C8'])),
  owner: ({ answer }) => (answer?.rung === 'family' ? (answer.owner ?? 'exchange') : 'exchange'),
  confidence: (p) => byRung(p, 'likely'),
  after: ['login.service-principal'],
  words: words<Refusal>({
    en: {
      sentence: (p) =>
        `${en.list(p.protocols)} accepts the token, but the mailbox ${en.list(p.mailboxes)} does not open${en.said(p)}`,
      cause: (p) =>
        !isNotConnected(p)
          ? `The sign-in is accepted, so the token is not the cause. ${en.meaning(p, 'The server does not open the mailbox and gives the reason in its answer.')}`
          : `Authenticated but not connected: the token is good. The protocol is switched off for the token’s user, the user has no full access to the mailbox, or the mailbox is missing or has no licence.${en.ifLocal(p, 'Other servers open it, so look for a difference in time first.')}`,
      nextStep: (p) =>
        en.remedy(
          p,
          `Look at the protocol switches of the token’s user (ImapEnabled, PopEnabled), at FullAccess, then at the licence:\nGet-CASMailbox <token user> | fl ImapEnabled,PopEnabled\n${each(p.mailboxes, look)}`,
        ),
    },
    ja: {
      sentence: (p) =>
        `${ja.list(p.protocols)} はトークンを受け入れますが、メールボックス ${ja.list(p.mailboxes)} を開けません${ja.said(p)}。`,
      cause: (p) =>
        !isNotConnected(p)
          ? `サインインは受け入れられているため、トークンの問題ではありません。${ja.meaning(p, 'サーバーがメールボックスを開きません。理由はサーバーの応答に示されています。')}`
          : `認証は成功し、接続されていない状態です。トークンは正常です。トークンのユーザーでプロトコルが無効、メールボックスへのフル アクセス許可がない、またはメールボックスが存在しないかライセンスがありません。${ja.ifLocal(p, 'ほかのサーバーでは開けるため、まず確認した時刻の違いを調べてください。')}`,
      nextStep: (p) =>
        ja.remedy(
          p,
          `トークンのユーザーのプロトコルの設定 (ImapEnabled、PopEnabled) と FullAccess、次にライセンスを確認してください:\nGet-CASMailbox <token user> | fl ImapEnabled,PopEnabled\n${each(p.mailboxes, look)}`,
        ),
    },
  }),
  claims: (p) => denials('open-mailbox', p),
  find: eachResult({
    applies: (result, context) => refusedForGood(result, 'open-mailbox', context),
    about: mailboxOf,
    part: mailboxPart,
    details: refusal,
    evidence: loginLines,
    more: known,
  }),
});
