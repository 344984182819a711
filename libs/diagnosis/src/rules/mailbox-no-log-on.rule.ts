import { known, loginLines, mailboxPart } from '../evidence/logins.ts';
import { defineRule, eachResult } from '../rule.ts';
import { applicationClaims } from '../sign-in/identity.ts';
import { isLoginCheck, knownAnswer, mailboxOf, refusal } from '../sign-in/sign-in.ts';
import { each } from '../words/commands.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, type Refusal, words } from '../words/told.ts';

const rights = (mailbox: string): string =>
  `Get-MailboxPermission ${mailbox}; Get-RecipientPermission ${mailbox}`;

/** Signed in, and not let into the mailbox: a right that is missing, whatever the class of the code promises. */
export const mailboxNoLogOn = defineRule({
  id: 'mailbox.no-log-on',
  items: ['C8'],
  owner: 'exchange',
  confidence: (p) => byRung(p, 'likely'),
  words: words<Refusal & { application: string | null }>({
    en: {
      sentence: (p) =>
        `The sign-in is accepted, but ${p.application === null ? 'the account' : 'the application'} may not log on to ${en.list(p.mailboxes)}${en.said(p)}`,
      cause: (p) =>
        `${en.meaning(p, 'A right on the mailbox is missing.')}${p.application === null ? '' : ' The token is the application’s own, so its service principal needs the right, and no user.'}`,
      nextStep: (p) =>
        `See who has FullAccess and SendAs, and give both to ${p.application === null ? 'the token’s user' : `the service principal of ${p.application}`}:\n${each(p.mailboxes, rights)}`,
    },
    ja: {
      sentence: (p) =>
        `サインインは受け入れられますが、${p.application === null ? 'アカウント' : 'アプリケーション'}には ${ja.list(p.mailboxes)} へのログオンが許可されていません${ja.said(p)}。`,
      cause: (p) =>
        `${ja.meaning(p, 'メールボックスの権限がありません。')}${p.application === null ? '' : 'トークンはアプリケーション自身のものです。ユーザーではなく、サービス プリンシパルに権限が必要です。'}`,
      nextStep: (p) =>
        `FullAccess と SendAs の付与先を確認し、${p.application === null ? 'トークンのユーザー' : `アプリケーション ${p.application} のサービス プリンシパル`}に両方を付与してください:\n${each(p.mailboxes, rights)}`,
    },
  }),
  find: eachResult({
    applies: (result, context) => isLoginCheck(result) && knownAnswer(result, context)?.denies === 'log-on',
    about: mailboxOf,
    part: mailboxPart,
    details: (results, context) => {
      const claims = applicationClaims(results[0], context);
      return { ...refusal(results, context), application: claims && (claims.appid ?? claims.oid ?? '') };
    },
    evidence: loginLines,
    more: known,
  }),
});
