import { type CheckResult, MAIL_SCOPES } from '@mailpath/protocol';
import { deniedIn, known, loginLines, mailboxPart } from '../evidence/logins.ts';
import { getsThrough, type RuleContext } from '../look.ts';
import { defineRule, eachResult } from '../rule.ts';
import {
  claimsOf,
  mailboxOf,
  refusal,
  sameUser,
  spoken,
  throughElsewhere,
  opensMailbox,
} from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type Refusal, words } from '../words/told.ts';

const opens = (result: CheckResult): boolean =>
  opensMailbox(result) && result.evidence.mailbox?.opened !== false;

/** The same sign-in that SMTP refuses opens the mailbox: by this server, or where it was not asked, by another. */
const mailboxOpens = (result: CheckResult, context: RuleContext): boolean => {
  const same = (other: CheckResult) => opens(other) && sameUser(mailboxOf(other), mailboxOf(result));
  return (
    context.server.results.some((other) => getsThrough(other) && same(other)) ||
    throughElsewhere(context, same).length > 0
  );
};

const smtpElsewhere = (result: CheckResult, context: RuleContext): boolean =>
  throughElsewhere(
    context,
    (other) => other.check === result.check && sameUser(mailboxOf(other), mailboxOf(result)),
  ).length > 0;

export const smtpRefusedAlone = defineRule({
  id: 'smtp.refused-alone',
  items: ['C6', 'X2'],
  owner: 'exchange',
  confidence: ({ scope }) => (scope === 'granted' ? 'likely' : 'possible'),
  ofTenant: true,
  after: ['token.other-user', 'smtp.auth-off'],
  words: words<Refusal & { scope: 'granted' | 'unknown' }>({
    en: {
      sentence: (p) =>
        `SMTP refuses the login of ${en.list(p.mailboxes)}, and the same sign-in opens the mailbox${en.said(p)}`,
      cause: ({ scope }) =>
        scope === 'granted'
          ? 'Token and account are good, and SMTP.Send is in the token: SMTP AUTH is switched off for the mailbox or the tenant.'
          : 'Token and account are good: the permission SMTP.Send is missing, or SMTP AUTH is switched off for the mailbox or the tenant.',
      nextStep: ({ mailboxes, scope }) =>
        `${scope === 'granted' ? '' : 'See that the application asks for SMTP.Send and has consent to it. '}Get-CASMailbox ${en.list(mailboxes)} | fl SmtpClientAuthenticationDisabled (must not be True).`,
    },
    ja: {
      sentence: (p) =>
        `SMTP は ${ja.list(p.mailboxes)} のログインを拒否しますが、同じサインインでメールボックスは開けます${ja.said(p)}。`,
      cause: ({ scope }) =>
        scope === 'granted'
          ? 'トークンとアカウントは正常で、トークンには SMTP.Send が含まれています。メールボックスまたはテナントで SMTP AUTH が無効です。'
          : 'トークンとアカウントは正常です。SMTP.Send のアクセス許可がないか、メールボックスまたはテナントで SMTP AUTH が無効です。',
      nextStep: ({ mailboxes, scope }) =>
        `${scope === 'granted' ? '' : 'アプリケーションが SMTP.Send を要求し、同意されていることを確認してください。'}Get-CASMailbox ${ja.list(mailboxes)} | fl SmtpClientAuthenticationDisabled が True でないことを確認してください。`,
    },
  }),
  find: eachResult({
    applies: (result, context) =>
      deniedIn(result, 'authenticate') &&
      spoken(result) === 'smtp' &&
      mailboxOpens(result, context) &&
      !smtpElsewhere(result, context),
    about: mailboxOf,
    part: mailboxPart,
    details: (results, context) => ({
      ...refusal(results, context),
      scope: claimsOf(results[0], context)?.scp?.split(' ').includes(MAIL_SCOPES.smtp)
        ? 'granted'
        : 'unknown',
    }),
    evidence: loginLines,
    more: (results, context) => ({
      ...known(results, context),
      excludes: [{ id: 'mailbox-opens', mailboxes: [mailboxOf(results[0])] }],
    }),
  }),
});
