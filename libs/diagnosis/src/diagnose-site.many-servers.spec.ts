import { describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import { type RuleId, RULES } from './rules.ts';
import { SITUATIONS } from './rules/situations.ts';
import { SITE } from './testing/healthy.ts';

/** A little more for each server is allowed, as for an index that is made of all of them. */
const GROWTH = 1.15;

/** How often a property of any result is looked at, for each server, when the situation of a rule is met so often. */
function looksPerServer(id: RuleId, times: number): number {
  let looks = 0;
  const counted = (result: CheckResult): CheckResult =>
    new Proxy(result, {
      get(of, name) {
        looks += 1;
        return Reflect.get(of, name) as unknown;
      },
    });
  const { servers, site = SITE } = SITUATIONS[id];
  const all = Array.from({ length: times }, (_, copy) =>
    servers.map((server) => ({
      ...server,
      name: `${server.name}-${copy}`,
      results: server.results.map((result) => counted({ ...result, id: `${result.id}-${copy}` })),
    })),
  ).flat();
  diagnoseSite({ site, servers: all });
  return looks / all.length;
}

/** Servers are compared with each other, and none of them is gone through once for each other one. */
describe('a site of many servers', () => {
  it.each(RULES.map(({ id }) => id))(
    'costs as much for each server where there are twice as many: %s',
    (id) => {
      // What is made once for the process is made before.
      looksPerServer(id, 1);
      const [few, many] = [looksPerServer(id, 8), looksPerServer(id, 16)];
      expect(few).toBeGreaterThan(0);
      expect(many / few).toBeLessThan(GROWTH);
    },
  );
});
