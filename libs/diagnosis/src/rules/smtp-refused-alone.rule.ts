import type { CheckResult } from '@mailpath/protocol';
import { deniedIn, known, loginLines, mailboxPart } from '../evidence/logins.ts';
import { censusOf } from '../census.ts';
import { getsThrough, type RuleContext } from '../look.ts';
import { denials } from '../sign-in/denials.ts';
import { defineRule, eachResult } from '../rule.ts';
import { heldPermission } from '../sign-in/held-permission.ts';
import { IDENTITIES } from '../sign-in/identity.ts';
import { loginsToSameMailbox, throughElsewhere } from '../sign-in/logins-of.ts';
import {
  isLoginCheck,
  knownAnswer,
  mailboxOf,
  nameKey,
  opensMailbox,
  refusal,
  spoken,
} from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { each } from '../words/commands.ts';
import { byRung, type Refusal, type ToldAnswer, words } from '../words/told.ts';

const opens = (result: CheckResult): boolean =>
  opensMailbox(result) && result.evidence.mailbox?.opened !== false;

/** The same sign-in that SMTP refuses opens the mailbox: by this server, or where it was not asked, by another. */
const mailboxOpens = (result: CheckResult, context: RuleContext): boolean =>
  loginsToSameMailbox(context.server, result).some((other) => getsThrough(other) && opens(other)) ||
  opened(context, nameKey(mailboxOf(result))).size > 0;

const opened = censusOf<true>((result) =>
  isLoginCheck(result) && getsThrough(result) && opens(result) ? [[nameKey(mailboxOf(result)), true]] : [],
);

const smtpElsewhere = (result: CheckResult, context: RuleContext): boolean =>
  throughElsewhere(result, context).has(result.check);

/**
 * The answer that comes for a permission that is missing and for SMTP AUTH that is off, and says neither. One that may
 * be a policy's as well (X4) is told by its own meaning.
 */
const isOfEither = (answer: ToldAnswer | null): boolean =>
  answer !== null && answer.rung !== 'family' && !answer.items?.includes('X4');
const saysWhy = ({ answer }: Refusal): boolean => isOfEither(answer);
const knownItems = (answer: ToldAnswer | null): [string, ...string[]] | null => {
  const [first, ...more] = isOfEither(answer) ? [] : (answer?.items ?? []);
  return first === undefined ? null : [first, ...more];
};
const permissionOf = ({ permission = IDENTITIES.smtp.user.permission }: { permission?: string }): string =>
  permission;
const look = (mailbox: string): string => `Get-CASMailbox ${mailbox} | fl SmtpClientAuthenticationDisabled`;

export const smtpRefusedAlone = defineRule({
  id: 'smtp.refused-alone',
  items: ({ answer }) => knownItems(answer) ?? (answer ? ['C6', 'X2'] : ['C6', 'X4']),
  // The mailbox opens with the same token, so neither token nor account is at fault, whatever such answers mean
  // elsewhere.
  owner: ({ answer }) =>
    answer?.rung === 'family' && (answer.owner === 'mailpath' || answer.owner === 'microsoft')
      ? answer.owner
      : 'exchange',
  confidence: (p) => byRung(p, p.scope === 'granted' ? 'likely' : 'possible'),
  ofTenant: true,
  after: ['token.other-user', 'token.app-role', 'smtp.auth-off'],
  words: words<Refusal & { scope: 'granted' | 'unknown'; permission?: string }>({
    en: {
      sentence: (p) =>
        `SMTP refuses the login of ${en.list(p.mailboxes)}, and the same sign-in opens the mailbox${en.said(p)}`,
      cause: (p) =>
        !saysWhy(p)
          ? `Token and account are good, as the mailbox opens. ${en.meaning(p, 'Why SMTP alone refuses them, the answer says in words that are not known.')}`
          : p.scope === 'granted'
            ? `Token and account are good, and ${permissionOf(p)} is in the token: SMTP AUTH is switched off for the mailbox or the tenant.`
            : `Token and account are good: the permission ${permissionOf(p)} is missing, or SMTP AUTH is switched off for the mailbox or the tenant.`,
      nextStep: (p) =>
        !saysWhy(p)
          ? en.remedy(
              p,
              'Show the line to the Exchange administrator; the sign-in log of Entra ID shows whether a policy refused this sign-in.',
            )
          : `${p.scope === 'granted' ? '' : `See that the application has ${permissionOf(p)} and consent to it. `}SmtpClientAuthenticationDisabled must not be True:\n${each(p.mailboxes, look)}`,
    },
    ja: {
      sentence: (p) =>
        `SMTP は ${ja.list(p.mailboxes)} のログインを拒否しますが、同じサインインでメールボックスは開けます${ja.said(p)}。`,
      cause: (p) =>
        !saysWhy(p)
          ? `メールボックスは開けるため、トークンとアカウントは正常です。${ja.meaning(p, 'SMTP だけが拒否する理由を示す応答の文面は、登録されていません。')}`
          : p.scope === 'granted'
            ? `トークンとアカウントは正常で、トークンには ${permissionOf(p)} が含まれています。メールボックスまたはテナントで SMTP AUTH が無効です。`
            : `トークンとアカウントは正常です。${permissionOf(p)} のアクセス許可がないか、メールボックスまたはテナントで SMTP AUTH が無効です。`,
      nextStep: (p) =>
        !saysWhy(p)
          ? ja.remedy(
              p,
              'この行を Exchange の管理者に提示してください。ポリシーによる拒否かどうかは Entra ID のサインイン ログで確認できます。',
            )
          : `${p.scope === 'granted' ? '' : `アプリケーションに ${permissionOf(p)} があり、同意されていることを確認してください。`}SmtpClientAuthenticationDisabled が True でないことを確認してください:\n${each(p.mailboxes, look)}`,
    },
  }),
  claims: (p) => denials('authenticate', p),
  find: eachResult({
    applies: (result, context) =>
      deniedIn(result, 'authenticate') &&
      spoken(result) === 'smtp' &&
      // A reason in known words belongs to who can remove it.
      knownAnswer(result, context)?.rung !== 'row' &&
      mailboxOpens(result, context) &&
      !smtpElsewhere(result, context),
    about: mailboxOf,
    part: mailboxPart,
    details: (results, context) => ({
      ...refusal(results, context),
      ...heldPermission(results[0], context),
    }),
    evidence: loginLines,
    more: (results, context) => ({
      ...known(results, context),
      excludes: [{ id: 'mailbox-opens', mailboxes: [mailboxOf(results[0])] }],
    }),
  }),
});
