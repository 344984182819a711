import { describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { type Claim, isContradicted, observedBeside } from './claims.ts';
import { isPast } from './observe.ts';
import { failing } from './testing/faults.ts';
import {
  certificate,
  connectOf,
  RESOLVER,
  SALES,
  sections,
  signedIn,
  type SignInCheck,
  tlsOf,
  wellAt,
} from './testing/healthy.ts';

const HOST = 'outlook.office365.com';
const IMAP = `${HOST}:993`;
const later = (result: CheckResult): CheckResult => ({ ...result, startedAt: '2026-11-24T03:00:01.000Z' });
const lost = failing(wellAt('imap'), 'resolve', 'not-found', {
  dns: { addresses: [], error: 'ENOTFOUND', ms: 1 },
});

const SALES_BY_IMAP = { claim: 'denies', step: 'authenticate', mailbox: SALES, protocol: 'IMAP' } as const;
const signedInLater = (check: SignInCheck, ...mailbox: string[]): CheckResult =>
  later(
    signedIn(
      check,
      { phases: (['connect', 'authenticate'] as const).map((name) => ({ name, ms: 5 })) },
      ...mailbox,
    ),
  );
const refusedByImap = failing(signedIn('imap.mailbox'), 'authenticate', 'denied');
const timed = (ms: number): CheckResult => ({ ...wellAt('imap'), phases: [{ name: 'tls', ms }] });
const resolvedBy = (a: object, aaaa: object, more: object = {}): CheckResult => ({
  ...wellAt('imap'),
  evidence: sections({
    dns: {
      addresses: [],
      error: 'timeout',
      ms: 1,
      resolvers: [{ server: RESOLVER, a, aaaa, cname: [], ms: 1 }],
      ...more,
    },
  }),
});
const GIVEN = { status: 'answer', records: ['52.96.0.10'], state: 'answered' };
const SILENT = { status: 'timeout', records: [], state: 'no-answer' };
const shown = (what: 'issuer' | 'tls-version' | 'valid-until', value: string): Claim => ({
  claim: 'shown',
  what,
  value,
  endpoints: [IMAP],
});

/** Claim; what bears it; what speaks against it. */
const COMPARED: [claim: Claim, bears: readonly CheckResult[], against: readonly CheckResult[]][] = [
  [SALES_BY_IMAP, [refusedByImap], [refusedByImap, signedInLater('imap.mailbox')]],
  [SALES_BY_IMAP, [refusedByImap, signedInLater('smtp.login')], [signedInLater('imap.mailbox')]],
  [
    SALES_BY_IMAP,
    [refusedByImap, signedInLater('imap.mailbox', 'orders@example.com')],
    [signedInLater('imap.mailbox')],
  ],
  [shown('issuer', 'CN=DigiCert Cloud Services CA-1'), [wellAt('imap')], [wellAt('smtp')]],
  [
    shown('issuer', 'CN=Corp Proxy CA'),
    [wellAt('imap', { tls: tlsOf({ chain: [certificate('CN=Corp Proxy CA')] }) })],
    [wellAt('imap')],
  ],
  [
    shown('tls-version', 'TLSv1.2'),
    [wellAt('imap', { tls: tlsOf({ version: 'TLSv1.2' }) })],
    [wellAt('imap')],
  ],
  [
    shown('valid-until', '2027-06-01'),
    [wellAt('imap')],
    [wellAt('imap', { tls: tlsOf({ chain: [{ ...certificate(), validTo: '2027-06-02T00:00:00.000Z' }] }) })],
  ],
  [{ claim: 'takes', phases: ['tls'], ms: 900.4, endpoints: [IMAP] }, [timed(20), timed(900)], [timed(890)]],
  [
    { claim: 'round-trip', ms: 200, endpoints: [IMAP] },
    [wellAt('imap', { connect: connectOf(200) })],
    [wellAt('imap')],
  ],
  [{ claim: 'resolver-fails', resolver: RESOLVER }, [resolvedBy(SILENT, GIVEN)], [resolvedBy(GIVEN, SILENT)]],
  [
    { claim: 'resolver-gives', resolvers: [RESOLVER], addresses: ['52.96.0.10'] },
    [resolvedBy(GIVEN, SILENT)],
    [resolvedBy(SILENT, SILENT)],
  ],
  [
    { claim: 'family-unanswered', kind: 'AAAA', resolvers: [RESOLVER] },
    [resolvedBy(GIVEN, SILENT)],
    [resolvedBy(GIVEN, { status: 'empty', records: [], state: 'no-data' })],
  ],
  [{ claim: 'system-fails', host: HOST }, [resolvedBy(GIVEN, GIVEN)], [wellAt('imap')]],
  [{ claim: 'found-and-lost', host: HOST }, [wellAt('imap'), lost], [lost]],
];

describe('a claim over several servers', () => {
  const seen = (result: CheckResult) => observedBeside([result], [result]);

  it('of what each of them saw in part is borne by one of them', () => {
    const claim = shown('issuer', 'CN=Corp Proxy CA');
    const bears = wellAt('imap', { tls: tlsOf({ chain: [certificate('CN=Corp Proxy CA')] }) });
    expect(isContradicted(claim, [seen(bears), seen(wellAt('imap'))])).toBe(false);
    expect(isContradicted(claim, [seen(wellAt('imap')), seen(wellAt('imap'))])).toBe(true);
  });

  it('of each of them is denied by one of them', () => {
    const claim: Claim = { claim: 'unreached', endpoint: IMAP };
    const bears = failing(wellAt('imap'), 'connect', 'timeout');
    expect(isContradicted(claim, [seen(bears), seen(bears)])).toBe(false);
    expect(isContradicted(claim, [seen(bears), seen(wellAt('imap'))])).toBe(true);
  });
});

describe('a phase that is walked twice', () => {
  it('is past when it was begun again, and not when it broke the first time', () => {
    const smtp = (...names: ('connect' | 'greet' | 'starttls' | 'tls')[]): CheckResult => ({
      ...failing(wellAt('smtp'), 'greet', 'timeout'),
      phases: names.map((name) => ({ name, ms: 5 })),
    });
    expect(isPast(smtp('connect', 'greet'), 'greet')).toBe(false);
    expect(isPast(smtp('connect', 'greet', 'starttls', 'tls', 'greet'), 'greet')).toBe(true);
    expect(isPast(smtp('connect', 'greet'), 'connect')).toBe(true);
    expect(isPast(smtp('connect', 'greet'), 'tls')).toBe(false);
  });
});

describe('a claim of a comparison, of resolvers, or of a refusal', () => {
  it.each(COMPARED)('%j is held against what was seen', (claim, bears, against) => {
    expect(isContradicted(claim, [observedBeside([...bears], [...bears])])).toBe(false);
    expect(isContradicted(claim, [observedBeside([...against], [...against])])).toBe(true);
  });
});
