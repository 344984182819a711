import { deniedIn, loginLines, mailboxPart } from '../evidence/logins.ts';
import { distinct } from '../look.ts';
import { denials } from '../sign-in/denials.ts';
import { defineRule, eachResult } from '../rule.ts';
import { applicationClaims, missingRole } from '../sign-in/identity.ts';
import { knownAnswer, refusal, spoken } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type Refusal, words } from '../words/told.ts';

/** A protocol refuses the application's token, and the permission for that protocol is not in it. */
export const tokenAppRole = defineRule({
  id: 'token.app-role',
  items: ['X2'],
  owner: 'entra',
  ofTenant: true,
  after: ['token.audience', 'token.tenant', 'smtp.auth-off'],
  words: words<Refusal & { roles: string[]; held: string }>({
    en: {
      sentence: (p) =>
        `The application’s token lacks ${en.list(p.roles)}, and ${en.list(p.protocols)} refuses it${en.said(p)}`,
      cause: ({ roles, held }) =>
        `The application permission ${en.list(roles)} is not in the token’s roles (it has: ${held || 'none'}); a delegated scope of a similar name changes nothing here. For SMTP a role of that name in Exchange may stand in its place.`,
      nextStep: ({ roles }) =>
        `Add ${en.list(roles)} to the application permissions of the Entra application (Office 365 Exchange Online), let an administrator consent, and get a new token; for SMTP look at SMTP AUTH of the mailbox afterwards.`,
    },
    ja: {
      sentence: (p) =>
        `アプリケーションのトークンに ${ja.list(p.roles)} がなく、${ja.list(p.protocols)} が拒否しています${ja.said(p)}。`,
      cause: ({ roles, held }) =>
        `アプリケーションの許可 ${ja.list(roles)} がトークンの roles に含まれていません (含まれるもの: ${held || 'なし'})。似た名前の委任されたスコープでは解消しません。SMTP の場合は、Exchange の同名のロールで代用することもできます。`,
      nextStep: ({ roles }) =>
        `Entra アプリケーションのアプリケーションの許可 (Office 365 Exchange Online) に ${ja.list(roles)} を追加し、管理者の同意を得て、新しいトークンを取得してください。SMTP の場合は、その後メールボックスの SMTP AUTH を確認してください。`,
    },
  }),
  claims: (p) => denials('authenticate', p),
  find: eachResult({
    applies: (result, context) => {
      const claims = deniedIn(result, 'authenticate') ? applicationClaims(result, context) : null;
      if (claims === null || missingRole(claims, spoken(result)) === null) return false;
      // Words that name another reason come before what the token shows.
      const items = knownAnswer(result, context)?.items ?? ['X2'];
      return items.includes('X2') || items.includes('C6');
    },
    about: (result) => spoken(result),
    part: mailboxPart,
    details: (results, context) => {
      const claims = applicationClaims(results[0], context);
      return {
        ...refusal(results, context),
        roles: distinct(results.flatMap((each) => (claims && missingRole(claims, spoken(each))) ?? [])),
        held: claims?.roles.join(' ') ?? '',
      };
    },
    evidence: loginLines,
  }),
});
