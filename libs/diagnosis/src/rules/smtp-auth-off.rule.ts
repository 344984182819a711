import type { CheckResult } from '@mailpath/protocol';
import { deniedIn, known, loginLines, mailboxPart } from '../evidence/logins.ts';
import { denials } from '../sign-in/denials.ts';
import { defineRule, eachResult } from '../rule.ts';
import { mailboxOf, refusal, replyOf } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { each } from '../words/commands.ts';
import { type Refusal, words } from '../words/told.ts';

const SMTP_AUTH_OFF = /SmtpClientAuthentication is disabled for the (tenant|mailbox)/i;
/** The same in any other language: the setting keeps its name, and the page about it its address. */
const SMTP_AUTH_OFF_TRANSLATED =
  /^535[ -]5\.7\.139 .{0,300}(?:SmtpClientAuthentication|smtp_auth_disabled)/is;
const saysOff = (reply: string): boolean => SMTP_AUTH_OFF.test(reply) || SMTP_AUTH_OFF_TRANSLATED.test(reply);

/** Exchange Online says it outright, and says whose switch it is. */
export const smtpAuthOff = defineRule({
  id: 'smtp.auth-off',
  items: ['C6'],
  owner: 'exchange',
  confidence: 'certain',
  ofTenant: true,
  words: words<Refusal & { tenant: boolean; either?: boolean }>({
    en: {
      sentence: (p) =>
        `SMTP AUTH is switched off for ${p.tenant ? 'the tenant' : `${en.list(p.mailboxes)}${p.either ? ' or the tenant' : ''}`}${en.said(p)}`,
      cause: () =>
        'Exchange Online says so itself. The switch is about the protocol, so that OAuth is refused as well.',
      nextStep: ({ mailboxes }) =>
        `The mailbox’s setting wins over the tenant’s:\n${each(mailboxes, (one) => `Set-CASMailbox ${one} -SmtpClientAuthenticationDisabled $false`)}`,
    },
    ja: {
      sentence: (p) =>
        `${p.tenant ? 'テナント' : `${ja.list(p.mailboxes)} ${p.either ? 'またはテナント' : ''}`}の SMTP AUTH が無効です${ja.said(p)}。`,
      cause: () =>
        'Exchange Online 自身がそう応答しています。プロトコル自体の設定のため、OAuth も拒否されます。',
      nextStep: ({ mailboxes }) =>
        `次のコマンドを実行してください。メールボックスの設定はテナントの設定より優先されます:\n${each(mailboxes, (one) => `Set-CASMailbox ${one} -SmtpClientAuthenticationDisabled $false`)}`,
    },
  }),
  claims: (p) => denials('authenticate', p),
  find: eachResult({
    applies: (result) => deniedIn(result, 'authenticate') && saysOff(replyOf(result)),
    about: (result) => (isTenants(result) ? 'tenant' : mailboxOf(result)),
    part: (result) => (isTenants(result) ? {} : mailboxPart(result)),
    details: (results, context) => ({
      ...refusal(results, context),
      tenant: isTenants(results[0]),
      either: !SMTP_AUTH_OFF.test(replyOf(results[0])),
    }),
    evidence: loginLines,
    more: known,
  }),
});

const isTenants = (result: CheckResult): boolean =>
  SMTP_AUTH_OFF.exec(replyOf(result))?.[1]?.toLowerCase() === 'tenant';
