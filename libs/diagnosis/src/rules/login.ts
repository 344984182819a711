import type { CheckResult, Phase } from '@mailpath/protocol';
import { getsThrough, type Look, placeOf } from '../look.ts';
import { defineRule, eachResult, messages, nothing } from '../rule.ts';
import {
  claimsOf,
  isLoginCheck,
  knownAnswer,
  mailboxOf,
  refusal,
  replyOf,
  sameUser,
  spoken,
  throughElsewhere,
  userFor,
} from '../sign-in/sign-in.ts';
import { MAIL_SCOPES } from '@mailpath/protocol';
import { isLocal } from '../words/told.ts';

const SMTP_AUTH_OFF = /SmtpClientAuthentication is disabled for the (tenant|mailbox)/i;

const deniedIn = ({ failure }: CheckResult, phase: Phase): boolean =>
  failure?.phase === phase && failure.code === 'denied';
const mailboxPart = ({ target }: CheckResult) => (target.mailbox ? { mailbox: target.mailbox } : {});
const known = ([first]: readonly [CheckResult, ...CheckResult[]], look: Look) => ({
  answer: knownAnswer(first, look),
});
const loginLines = (results: readonly CheckResult[]): string[] =>
  results.map(
    (result) => `${result.check} ${mailboxOf(result)}: ${result.failure?.message ?? replyOf(result)}`,
  );

/** Exchange Online says it outright, and says whose switch it is. */
export const smtpAuthOff = defineRule({
  id: 'smtp.auth-off',
  items: ['C6'],
  owner: 'exchange',
  confidence: 'certain',
  ofTenant: true,
  find: eachResult<'smtp.auth-off'>({
    applies: (result) => deniedIn(result, 'authenticate') && SMTP_AUTH_OFF.test(replyOf(result)),
    about: (result) => (isTenants(result) ? 'tenant' : mailboxOf(result)),
    part: (result) => (isTenants(result) ? {} : mailboxPart(result)),
    details: (results, look) => ({ ...refusal(results, look), tenant: isTenants(results[0]) }),
    evidence: loginLines,
    more: known,
  }),
});

const isTenants = (result: CheckResult): boolean =>
  SMTP_AUTH_OFF.exec(replyOf(result))?.[1]?.toLowerCase() === 'tenant';

const opens = ({ check, evidence }: CheckResult): boolean =>
  (check === 'imap.mailbox' || check === 'pop3.mailbox') && evidence.mailbox?.opened !== false;

/** The same sign-in that SMTP refuses opens the mailbox: by this server, or where it was not asked, by another. */
const mailboxOpens = (result: CheckResult, look: Look): boolean => {
  const same = (other: CheckResult) => opens(other) && sameUser(mailboxOf(other), mailboxOf(result));
  return (
    look.server.results.some((other) => getsThrough(other) && same(other)) ||
    throughElsewhere(look, same).length > 0
  );
};
const smtpElsewhere = (result: CheckResult, look: Look): boolean =>
  throughElsewhere(
    look,
    (other) => other.check === result.check && sameUser(mailboxOf(other), mailboxOf(result)),
  ).length > 0;

export const smtpRefusedAlone = defineRule({
  id: 'smtp.refused-alone',
  items: ['C6', 'X2'],
  owner: 'exchange',
  confidence: ({ scope }) => (scope === 'granted' ? 'likely' : 'possible'),
  ofTenant: true,
  find: eachResult<'smtp.refused-alone'>({
    applies: (result, look) =>
      deniedIn(result, 'authenticate') &&
      spoken(result) === 'smtp' &&
      mailboxOpens(result, look) &&
      !smtpElsewhere(result, look),
    about: mailboxOf,
    part: mailboxPart,
    details: (results, look) => ({
      ...refusal(results, look),
      scope: claimsOf(results[0], look)?.scp?.split(' ').includes(MAIL_SCOPES.smtp) ? 'granted' : 'unknown',
    }),
    evidence: loginLines,
    more: (results, look) => ({
      ...known(results, look),
      excludes: [{ id: 'mailbox-opens', mailboxes: [mailboxOf(results[0])] }],
    }),
  }),
});

const sameCredential = (result: CheckResult, look: Look): boolean =>
  result.evidence.login?.credential !== undefined &&
  throughElsewhere(look, ({ evidence }) => evidence.login?.credential === result.evidence.login?.credential)
    .length > 0;

export const tokenRefused = defineRule({
  id: 'login.token-refused',
  items: (told) => (isLocal(told) ? ['X4', 'X6', 'C10'] : ['C5', 'X2']),
  owner: (told) => (isLocal(told) ? 'entra' : 'ece-administrator'),
  confidence: (told) => (isLocal(told) ? 'likely' : 'possible'),
  defers: true,
  find: eachResult<'login.token-refused'>({
    applies: (result) => deniedIn(result, 'authenticate'),
    about: userFor,
    part: mailboxPart,
    details: (results, look) => ({
      ...refusal(results, look),
      sameToken: results.some((result) => sameCredential(result, look)),
    }),
    evidence: loginLines,
    more: known,
  }),
});

export const mailboxRefused = defineRule({
  id: 'mailbox.refused',
  items: ['C8', 'C6', 'C7'],
  owner: 'exchange',
  find: eachResult<'mailbox.refused'>({
    applies: (result) => deniedIn(result, 'open-mailbox'),
    about: mailboxOf,
    part: mailboxPart,
    details: refusal,
    evidence: loginLines,
    more: known,
  }),
});

export const senderDenied = defineRule({
  id: 'send.denied',
  items: ['C8'],
  owner: 'exchange',
  defers: true,
  find: eachResult<'send.denied'>({
    applies: (result) => deniedIn(result, 'send'),
    about: mailboxOf,
    part: mailboxPart,
    details: refusal,
    evidence: loginLines,
    more: known,
  }),
});

/** Only what every server is told is Microsoft's. */
export const loginUnavailable = defineRule({
  id: 'login.unavailable',
  items: ['X7'],
  owner: (told) => (told.spread === 'all' ? 'microsoft' : isLocal(told) ? 'network' : 'unknown'),
  confidence: ({ spread }) => (spread === 'all' ? 'likely' : 'possible'),
  find: eachResult<'login.unavailable'>({
    applies: ({ failure }) => failure?.code === 'unavailable',
    // A service that is not available is so for every mailbox that it was asked for.
    about: spoken,
    part: nothing,
    details: refusal,
    evidence: loginLines,
    more: known,
  }),
});

export const loginSilent = defineRule({
  id: 'login.silent',
  items: ['X8', 'C10'],
  owner: 'network',
  confidence: 'possible',
  find: eachResult<'login.silent'>({
    applies: (result) =>
      isLoginCheck(result) &&
      ['authenticate', 'open-mailbox', 'send'].includes(result.failure?.phase ?? '') &&
      ['timeout', 'reset', 'closed', 'unexpected-reply'].includes(result.failure?.code ?? ''),
    details: nothing,
    evidence: loginLines,
  }),
});

export const notReturned = defineRule({
  id: 'mail.not-returned',
  items: ['X7', 'C6'],
  owner: 'exchange',
  confidence: 'possible',
  find: eachResult<'mail.not-returned'>({
    applies: ({ failure }) => failure?.phase === 'receive' && failure.code !== 'throttled',
    about: mailboxOf,
    part: mailboxPart,
    details: ([{ failure }]) => ({ line: failure?.message ?? '' }),
    evidence: loginLines,
  }),
});

/** RFC 6585, section 4. */
const TOO_MANY_REQUESTS = 429;

export const throttled = defineRule({
  id: 'throttled',
  items: ['X7'],
  owner: 'ece-administrator',
  confidence: 'certain',
  find: eachResult<'throttled'>({
    applies: ({ outcome, evidence }) =>
      outcome === 'throttled' || (outcome === 'warn' && evidence.http?.status === TOO_MANY_REQUESTS),
    about: (result) => (isLoginCheck(result) ? mailboxOf(result) : placeOf(result)),
    details: refusal,
    evidence: messages,
    more: known,
  }),
});
