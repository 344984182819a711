import { describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import { failing } from '../testing/faults.ts';
import { svc } from '../testing/fixtures.ts';
import { dnsOf, sections, signedIn, SITE, wellAt } from '../testing/healthy.ts';
import { also } from '../testing/sign-in-steps.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 28, 12, 0, seconds)).toISOString();
const without = { ...svc(), results: svc().results.filter(({ check }) => check !== 'imap.tls') };

/** The system is not given the name; a resolver that is asked by itself gives it, or says that there is none. */
const lost = (seconds: number, resolverGives: boolean, result = wellAt('imap')): CheckResult => ({
  ...failing(result, 'resolve', 'not-found', {
    dns: {
      ...dnsOf(),
      addresses: [],
      error: 'ENOTFOUND',
      resolvers: resolverGives
        ? dnsOf().resolvers
        : [
            {
              server: '192.0.2.53',
              a: { status: 'nxdomain', records: [], state: 'nxdomain' },
              aaaa: { status: 'nxdomain', records: [], state: 'nxdomain' },
              cname: [],
              ms: 4,
            },
          ],
    },
  }),
  startedAt: at(seconds),
});
const found = (seconds: number, dns: object = {}): CheckResult => ({
  ...signedIn('imap.mailbox', {}, 'orders@example.com'),
  evidence: sections({ dns: { ...dnsOf(), ...dns } }),
  startedAt: at(seconds),
});

/** The first look at 10 s and the second at 20 s, and what another check of the same host saw. */
const rulesFor = (other: CheckResult, resolverGives = true): string[] => {
  const first = lost(10, resolverGives);
  const second = { ...lost(20, resolverGives, { ...wellAt('imap'), id: 'again' }), repeats: first.id };
  return diagnoseSite({ site: SITE, servers: [also(without, first, second, other)] }).map(({ rule }) => rule);
};

describe('a name that one check finds between two looks of another that do not', () => {
  it.each([
    ['while a resolver gives it by itself', 10, true],
    ['while no resolver gives it', 15, false],
    ['at the last moment before', 19, true],
  ])('comes and goes: %s', (_, seconds, resolverGives) => {
    expect(rulesFor(found(seconds), resolverGives)).toEqual(['resolve.comes-and-goes']);
  });

  it.each([
    ['before both', found(9)],
    ['after both', found(20)],
    ['by an address that is pinned', found(15, { pinned: true })],
    ['by the address that a resolver told beside the system', found(15, { borrowedFrom: '192.0.2.53' })],
  ])('and one that is found %s does not', (_, other) => {
    expect(rulesFor(other)).not.toContain('resolve.comes-and-goes');
    expect(rulesFor(other, false)).not.toContain('resolve.comes-and-goes');
  });

  it('is over where the second look found it, though a check of the same moment is not looked at again', () => {
    const first = lost(10, true);
    const recovered = { ...wellAt('imap'), id: 'again', repeats: first.id, startedAt: at(20) };
    const alone = (seconds: number): CheckResult => lost(seconds, true, signedIn('imap.mailbox'));
    const told = (seconds: number): string[] =>
      diagnoseSite({
        site: SITE,
        servers: [also(without, first, recovered, { ...alone(seconds), target: { ...first.target } })],
      }).map(({ rule }) => rule);
    expect(told(10)).not.toContain('resolve.comes-and-goes');
    expect(told(25)).toContain('resolve.comes-and-goes');
  });
});
