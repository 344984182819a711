import { describe, expect, it } from 'vitest';
import type { CheckResult, ResolverAnswer } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import type { ServerResults } from '../look.ts';
import { svc } from '../testing/fixtures.ts';
import { dnsOf, sections, SITE } from '../testing/healthy.ts';

const SILENT: ResolverAnswer = { status: 'timeout', records: [], state: 'no-answer' };
const [RESOLVER] = dnsOf().resolvers ?? [];

/** Every name is found after so long; only some checks ask the resolver by itself as well. */
function late(
  ms: number,
  aaaa: ResolverAnswer | undefined,
  asks: (result: CheckResult) => boolean,
): ServerResults {
  return {
    ...svc(),
    results: svc().results.map((result) => {
      const asked = RESOLVER && asks(result) ? [{ ...RESOLVER, ms, ...(aaaa ? { aaaa } : {}) }] : [];
      return {
        ...result,
        phases: [...result.phases.filter(({ name }) => name !== 'resolve'), { name: 'resolve', ms }],
        evidence: sections(result.evidence, { dns: { ...dnsOf(), ms, resolvers: asked } }),
      };
    }),
  };
}
const rules = (server: ServerResults): string[] =>
  diagnoseSite({ site: SITE, servers: [server, svc('svc02')] }).map(({ rule }) => rule);

/** With a token a check looks a name up like any other, and asks no resolver beside it. */
const withoutToken = ({ check }: CheckResult): boolean => !/token|mailbox|login/.test(check);

describe('look-ups that all take long', () => {
  it.each([2_000, 3_000])('are of the family that is not answered, where any check saw that: %d ms', (ms) => {
    expect(rules(late(ms, SILENT, withoutToken))).toEqual(['resolve.family-silent']);
    expect(rules(late(ms, SILENT, ({ check }) => check === 'imap.tls'))).toEqual(['resolve.family-silent']);
  });

  it('are slow where both families are answered, or nobody asked', () => {
    expect(rules(late(2_000, undefined, withoutToken))).toEqual(['resolve.slow']);
    expect(rules(late(2_000, undefined, () => false))).toEqual(['resolve.slow']);
  });
});
