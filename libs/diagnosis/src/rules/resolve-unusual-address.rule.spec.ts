import { describe, expect, it } from 'vitest';
import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import { failing } from '../testing/faults.ts';
import { svc } from '../testing/fixtures.ts';
import { connectOf, dnsOf, sections, SITE, tlsOf } from '../testing/healthy.ts';

/** Names lead to these addresses of these ranges, and what is reached serves. */
const at = (result: CheckResult, address: string, range: string): CheckResult => ({
  ...result,
  evidence: sections(result.evidence, {
    dns: { ...dnsOf([address]), unusual: [`${address} ${range}`] },
    connect: { ...connectOf(), attempts: [{ address, family: 4, outcome: 'reached', ms: 5 }], used: address },
  }),
});
const broken = (result: CheckResult, phase: Phase, code: FailureCode): CheckResult =>
  failing(result, phase, code, { tls: phase === 'authenticate' ? tlsOf() : undefined });

/** SMTP breaks; all other names lead into a range, or to public addresses. */
const rules = (phase: Phase, code: FailureCode, own: string, others: string | null): string[] => {
  const well = svc();
  const results = well.results.map((result) => {
    const isSmtp = result.target.port === 587;
    if (!isSmtp) return others === null ? result : at(result, '10.0.0.7', others);
    return result.check === 'smtp.login' && phase !== 'authenticate'
      ? broken(at(result, '10.0.0.9', own), phase, code)
      : result.check === 'smtp.submission' && phase === 'authenticate'
        ? at(result, '10.0.0.9', own)
        : broken(at(result, '10.0.0.9', own), phase, code);
  });
  return diagnoseSite({ site: SITE, servers: [{ ...well, results }] }).map(({ rule }) => rule);
};

describe('an address that cannot be Microsoft’s', () => {
  it.each([
    ['private', null],
    ['unspecified', 'private'],
    ['loopback', 'private'],
    ['loopback', 'loopback'],
  ])('is why nothing comes up there, where others do not lead into the same range: %s, %s', (own, others) => {
    expect(rules('connect', 'timeout', own, others)).toEqual(['resolve.unusual-address']);
  });

  it.each(['private', 'shared address space', 'unique local'])(
    'is no reason where other names are served in the same range: %s',
    (range) => {
      expect(rules('connect', 'refused', range, range)).toEqual(['connect.refused']);
    },
  );

  it('is no reason for what breaks behind a handshake that proved the name', () => {
    expect(rules('authenticate', 'reset', 'private', null)).not.toContain('resolve.unusual-address');
  });
});
