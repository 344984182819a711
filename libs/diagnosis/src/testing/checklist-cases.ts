import type { CheckResult, Evidence, FailureCode, Phase } from '@mailpath/protocol';
import { checklist } from '../checklist/checklist.ts';
import type { ItemId } from '../checklist/items.ts';
import type { ChecklistInput } from '../checklist/known.ts';
import { findingOn, healthyResults, healthySite, withoutResults, withResults } from './checklist.ts';
import { claimsWith, mailboxWith, siteWith } from './settings.ts';

export const TOKENS = ['token.refresh', 'token.redeem'];
export const SIGN_INS = ['imap.mailbox', 'smtp.login'];
export const ALL = [
  ...new Set([...healthyResults('services'), ...healthyResults('application')].map(({ check }) => check)),
];

export const failure = (phase: Phase, code: FailureCode, evidence: Evidence = {}): Partial<CheckResult> => ({
  outcome: code === 'throttled' ? 'throttled' : 'fail',
  failure: { phase, code, message: `${phase} ${code} at outlook.office365.com:993` },
  evidence,
});
export const refusedBy = (aadsts: number): Partial<CheckResult> =>
  failure('token', 'denied', { token: { error: 'invalid_grant', aadsts, status: 400 } });
export const claims = (changes: Parameters<typeof claimsWith>[0]): Partial<CheckResult> => ({
  evidence: { claims: claimsWith(changes) },
});
export const site = (changes: Parameters<typeof siteWith>[0]): ChecklistInput =>
  healthySite({ site: siteWith(changes) });
export const mailbox = (changes: Parameters<typeof mailboxWith>[0]): ChecklistInput =>
  healthySite({ mailboxes: [mailboxWith({ licence: 'Office 365 E3', ...changes })] });

/** The verdicts on one item, by subject, in short. */
export const verdicts = (input: ChecklistInput, item: string): string =>
  checklist(input)
    .filter((entry) => entry.item === item)
    .map(({ subject, verdict }) => `${subject.name} ${verdict}`)
    .join(', ');

/** For each item: a site that breaks it, and one of which it cannot be told. */
export const CASES: Record<ItemId, { broken: ChecklistInput; cannotTell: ChecklistInput }> = {
  C1: { broken: site({ esLevel: 'ES0' }), cannotTell: site({ version: null }) },
  C2: {
    broken: site({ externalUrl: 'http://ece.example.com' }),
    cannotTell: site({ adminConsoleUrl: null }),
  },
  C3: {
    broken: site({ redirectUri: 'https://other.example.com/oauth' }),
    cannotTell: site({ redirectUri: null, clientId: null }),
  },
  C4: {
    broken: healthySite({ findings: [findingOn('C4')] }),
    cannotTell: withResults(TOKENS, claims({ iat: 1_000, exp: 2_000 })),
  },
  C5: {
    broken: withResults(
      SIGN_INS,
      failure('authenticate', 'denied'),
      undefined,
      withResults(TOKENS, claims({ user: 'ann@example.com' })),
    ),
    cannotTell: withoutResults(TOKENS),
  },
  C6: {
    broken: withResults(
      ['smtp.login'],
      { outcome: 'skipped', reason: 'why' },
      undefined,
      mailbox({ smtpAuthEnabled: false }),
    ),
    cannotTell: withoutResults(SIGN_INS),
  },
  C7: {
    broken: withoutResults(SIGN_INS, mailbox({ licence: 'F3' })),
    cannotTell: mailbox({ licence: null }),
  },
  C8: {
    broken: withResults(['imap.mailbox'], failure('open-mailbox', 'denied')),
    cannotTell: withResults(['imap.mailbox'], failure('authenticate', 'denied')),
  },
  C9: {
    broken: withResults(['https.exchange'], failure('resolve', 'not-found')),
    cannotTell: withoutResults(['https.exchange']),
  },
  C10: {
    broken: withResults(['imap.tls', 'imap.mailbox'], failure('connect', 'timeout')),
    cannotTell: withoutResults(['smtp.submission', 'smtp.login']),
  },
  C11: {
    broken: healthySite({
      externalTest: { passed: false, testedAt: '2026-11-20T09:00:00.000Z', by: 'Ann', note: 'IMAP' },
    }),
    cannotTell: healthySite({ externalTest: null }),
  },
  X1: { broken: withResults(TOKENS, refusedBy(7_000_222)), cannotTell: withoutResults(TOKENS) },
  X2: { broken: withResults(TOKENS, claims({ scp: 'User.Read' })), cannotTell: withoutResults(TOKENS) },
  X3: { broken: withResults(TOKENS, refusedBy(90_002)), cannotTell: withoutResults(TOKENS) },
  X4: { broken: withResults(TOKENS, refusedBy(53_003)), cannotTell: withoutResults(TOKENS) },
  X5: { broken: withResults(TOKENS, refusedBy(50_057)), cannotTell: withoutResults(TOKENS) },
  X6: {
    broken: withResults(['smtp.submission'], failure('tls', 'untrusted')),
    cannotTell: withoutResults(['imap.tls', 'imap.mailbox']),
  },
  X7: {
    broken: withResults(['imap.mailbox'], failure('authenticate', 'unavailable')),
    cannotTell: withResults(['imap.mailbox'], failure('authenticate', 'throttled')),
  },
  X8: {
    broken: withResults(['imap.mailbox'], failure('authenticate', 'unexpected-reply')),
    cannotTell: withoutResults(['imap.mailbox']),
  },
  X9: {
    broken: withResults(['https.sign-in'], {
      evidence: { clock: { source: 'http-date', aheadMs: -900_000 } },
    }),
    cannotTell: withoutResults(['https.sign-in', ...TOKENS]),
  },
};
