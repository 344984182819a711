import { describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { type ServerResults, siteView } from '../look.ts';
import { KNOWN_ANSWERS } from '../sign-in/known-answers.ts';
import { svc } from '../testing/fixtures.ts';
import { SITE } from '../testing/healthy.ts';
import { pathLatency } from './path-latency.rule.ts';

/** How often the rule asks a result of a site with that many servers where it was aimed. */
function looksAt(count: number): number {
  let looks = 0;
  const counted = (result: CheckResult): CheckResult =>
    Object.defineProperty({ ...result }, 'target', {
      enumerable: true,
      get: () => {
        looks += 1;
        return result.target;
      },
    });
  const servers = Array.from({ length: count }, (_, number): ServerResults => {
    const server = svc(`svc${number}`);
    return { ...server, results: server.results.map(counted) };
  });
  const site = siteView(SITE, servers, KNOWN_ANSWERS);
  looks = 0;
  for (const server of site.servers) expect(pathLatency.find({ server, site, unexplained: [] })).toEqual([]);
  return looks;
}

describe('the comparison of ways', () => {
  it('goes through the results of a site once, and not once for each of its servers', () => {
    expect(looksAt(64)).toBeLessThanOrEqual(4 * looksAt(16));
  });
});
