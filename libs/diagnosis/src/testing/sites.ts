import fc from 'fast-check';
import type { Finding, Role } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import type { ServerResults } from '../look.ts';
import { SITUATIONS } from '../rules/situations.ts';
import { FAULTS } from './faults.ts';
import { healthy, SITE } from './healthy.ts';

export const diagnose = (servers: readonly ServerResults[]): Finding[] =>
  diagnoseSite({ site: SITE, servers });
const ROLES: readonly Role[][] = [['services'], ['application'], ['services', 'application']];
const FAULT_KEYS = Object.keys(FAULTS);

const server = (name: string): fc.Arbitrary<ServerResults> =>
  fc
    .record({
      roles: fc.constantFrom(...ROLES),
      fault: fc.option(fc.constantFrom(...FAULT_KEYS), { freq: 3 }),
      situation: fc.option(fc.constantFrom(...Object.values(SITUATIONS)), { freq: 2 }),
    })
    .map(({ roles, fault, situation }) => {
      const [own] = fault === null ? (situation?.servers ?? []) : [];
      if (own) return { ...own, name };
      const well = healthy(name, ...roles);
      return fault === null ? well : (FAULTS[fault]?.(well) ?? well);
    });
/** Sites of one to three servers, each healthy, with a fault, or in the situation of a rule. */
export const site = fc
  .integer({ min: 1, max: 3 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => server(`ece${i + 1}`))))
  .map((servers): readonly ServerResults[] => servers);
