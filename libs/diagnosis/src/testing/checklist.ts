import { CLOUD_TARGETS, type CheckResult, type StandardTarget } from '@mailpath/protocol';
import type { ChecklistInput, ChecklistServer, OpenFinding } from '../checklist/known.ts';
import { passed } from './results.ts';
import { claimsWith, mailboxWith, siteWith } from './settings.ts';

const MAILBOX = 'sales@example.com';
const aimed = (target: StandardTarget): CheckResult['target'] => ({
  name: 'sales',
  ...CLOUD_TARGETS.worldwide[target],
  mailbox: MAILBOX,
});
const clock = { source: 'http-date' as const, aheadMs: 400 };

/** What a server without a fault has to show: the way to each service, a token, and the sign-ins of its role. */
export function healthyResults(role: 'services' | 'application'): CheckResult[] {
  const claims = { claims: claimsWith() };
  return [
    passed('login', { evidence: { clock } }),
    passed('exchange'),
    passed('smtp'),
    passed('imap'),
    passed('smtp', { check: 'smtp.login', target: aimed('smtp') }),
    ...(role === 'services'
      ? [
          passed('login', { check: 'token.refresh', target: aimed('login'), evidence: claims }),
          passed('imap', { check: 'imap.mailbox', target: aimed('imap') }),
        ]
      : [passed('login', { check: 'token.redeem', target: aimed('login'), evidence: claims })]),
  ];
}

export const serverOf = (
  name: string,
  role: 'services' | 'application',
  results: readonly CheckResult[] = healthyResults(role),
  stale = false,
): ChecklistServer => ({ name, roles: [role], results: results.map((result) => ({ result, stale })) });

/** A site on which every item holds. */
export const healthySite = (changes: Partial<ChecklistInput> = {}): ChecklistInput => ({
  site: siteWith(),
  servers: [serverOf('svc01', 'services'), serverOf('app01', 'application')],
  mailboxes: [mailboxWith({ licence: 'Office 365 E3' })],
  findings: [],
  externalTest: { passed: true, testedAt: '2026-11-20T09:00:00.000Z', by: 'Ann', note: null },
  now: new Date('2026-11-24T03:01:00.000Z'),
  ...changes,
});

/** The same site with the results of some checks changed on every server, or on one. */
export function withResults(
  checks: readonly string[],
  changes: Partial<CheckResult>,
  server?: string,
  input: ChecklistInput = healthySite(),
): ChecklistInput {
  return {
    ...input,
    servers: input.servers.map((one) => ({
      ...one,
      results: one.results.map(({ result, stale }) => ({
        stale,
        result:
          checks.includes(result.check) && (server === undefined || one.name === server)
            ? { ...result, ...changes }
            : result,
      })),
    })),
  };
}

/** The same site without what servers saw, by check; without all of it unless told which. */
export const withoutResults = (
  checks: readonly string[] | null = null,
  input: ChecklistInput = healthySite(),
): ChecklistInput => ({
  ...input,
  servers: input.servers.map((one) => ({
    ...one,
    results: one.results.filter(({ result }) => checks !== null && !checks.includes(result.check)),
  })),
});

/** The same site, every result too old. */
export const staleSite = (input: ChecklistInput = healthySite()): ChecklistInput => ({
  ...input,
  servers: input.servers.map((one) => ({
    ...one,
    results: one.results.map(({ result }) => ({ result, stale: true })),
  })),
});

/** An open finding on `svc01` and the mailbox `sales`. */
export const findingOn = (item: string, changes: Partial<OpenFinding> = {}): OpenFinding => ({
  key: `rule of ${item}`,
  severity: 'error',
  confidence: 'likely',
  code: null,
  checklistItem: item,
  items: [item],
  summary: `${item} was seen to be broken.`,
  nextStep: `Fix ${item}.`,
  statements: ['S46'],
  scope: {
    kind: 'server',
    servers: ['svc01'],
    mailbox: MAILBOX,
    checks: [{ server: 'svc01', check: 'imap.mailbox', target: 'sales' }],
  },
  ...changes,
});
