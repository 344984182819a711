import { describe, expect, it } from 'vitest';
import { FailureCode, Finding, Phase, type Role } from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import { finalResults } from './final-results.ts';
import type { ServerResults } from './look.ts';
import { failing, FAULTS, skippedResult } from './testing/faults.ts';
import { healthy, SITE } from './testing/healthy.ts';
import { Seeded } from './testing/seeded.ts';

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed + 1);
const KEYS = Object.keys(FAULTS) as [string, ...string[]];
const ROLES: [Role[], ...Role[][]] = [['services'], ['application'], ['services', 'application']];

const diagnose = (servers: readonly ServerResults[]): Finding[] => diagnoseSite({ site: SITE, servers });
const some = (seeded: Seeded, least: number): ServerResults[] =>
  Array.from({ length: seeded.between(least, 5) }, (_, i) => healthy(`ece${i + 1}`, ...seeded.pick(ROLES)));
const faulty = (server: ServerResults, key: string): ServerResults => FAULTS[key]?.(server) ?? server;

/** What a finding says of its servers, whoever else there is. */
const verdict = ({ key, severity, phase, code, scope, consequences }: Finding) => ({
  key,
  severity,
  phase,
  code,
  servers: scope.servers,
  checks: scope.checks,
  consequences,
});

/** A site with a random fault on about half of its servers. */
function randomSite(seed: number): ServerResults[] {
  const seeded = new Seeded(seed);
  return some(seeded, 1).map((server) => (seeded.next() < 0.5 ? faulty(server, seeded.pick(KEYS)) : server));
}

/** Results that no design explains: any phase, any code, on any check. */
function anySite(seed: number): ServerResults[] {
  const seeded = new Seeded(seed);
  const phases = Phase.options as [Phase, ...Phase[]];
  const codes = FailureCode.options as [FailureCode, ...FailureCode[]];
  return some(seeded, 1).map((server) => ({
    ...server,
    results: server.results.map((result) => {
      const lot = seeded.next();
      if (lot < 0.5) return failing(result, seeded.pick(phases), seeded.pick(codes));
      return lot < 0.6 ? skippedResult(result) : result;
    }),
  }));
}

/** How often each failed result is told of, as a cause or as what follows from one. */
function tellings(servers: readonly ServerResults[]): [string, number][] {
  const told = diagnose(servers).flatMap(({ scope, consequences }) => [...scope.checks, ...consequences]);
  return servers.flatMap(({ name, results }) =>
    finalResults(results)
      .filter(({ outcome }) => outcome === 'fail' || outcome === 'throttled')
      .map(({ check, target }): [string, number] => [
        `${name} ${check} ${target.name}`,
        told.filter((each) => each.server === name && each.check === check && each.target === target.name)
          .length,
      ]),
  );
}

describe('the diagnosis of any site', () => {
  it.each(SEEDS)('finds nothing on a healthy site (seed %i)', (seed) => {
    expect(diagnose(some(new Seeded(seed), 1))).toEqual([]);
  });

  it.each(KEYS)('tells one fault on one server once: %s', (key) => {
    for (const roles of ROLES) {
      const sick = faulty(healthy('ece1', ...roles), key);
      const alone = diagnose([sick]);
      expect(alone.map((finding) => finding.key)).toEqual([key]);
      expect(alone[0]?.scope.servers).toEqual(['ece1']);
    }
  });

  it.each(SEEDS)('says the same of the others when healthy servers join (seed %i)', (seed) => {
    const servers = randomSite(seed);
    const joined = [...servers, healthy('new1', 'services'), healthy('new2', 'application')];
    expect(diagnose(joined).map(verdict)).toEqual(diagnose(servers).map(verdict));
  });

  it.each(SEEDS)('does not depend on the order of servers or of results (seed %i)', (seed) => {
    const seeded = new Seeded(seed);
    const servers = randomSite(seed);
    const shuffled = seeded
      .shuffled(servers)
      .map((server) => ({ ...server, results: seeded.shuffled(server.results) }));
    expect(diagnose(shuffled)).toEqual(diagnose(servers));
  });

  it.each(SEEDS)('tells two different faults on two servers as two findings (seed %i)', (seed) => {
    const seeded = new Seeded(seed);
    const [one, other] = seeded.shuffled(KEYS);
    const [first, second, ...rest] = some(seeded, 2);
    if (!one || !other || !first || !second) throw new Error('two servers and two faults were asked for');
    const findings = diagnose([faulty(first, one), faulty(second, other), ...rest]);
    expect(findings.map(({ key }) => key).toSorted()).toEqual([one, other].toSorted());
  });

  it.each(SEEDS)('tells the same fault on two servers as one finding that names both (seed %i)', (seed) => {
    const seeded = new Seeded(seed);
    const key = seeded.pick(KEYS);
    const [first, second, ...rest] = some(seeded, 2);
    if (!first || !second) throw new Error('two servers were asked for');
    const findings = diagnose([faulty(first, key), faulty(second, key), ...rest]);
    expect(findings.map((finding) => [finding.key, finding.scope.servers])).toEqual([
      [key, ['ece1', 'ece2']],
    ]);
  });

  it.each(SEEDS)(
    'tells each failed result once, as a cause or as what follows from one (seed %i)',
    (seed) => {
      const twice = randomSite(seed).map((server) => faulty(server, new Seeded(seed + 1000).pick(KEYS)));
      for (const servers of [randomSite(seed), twice, anySite(seed)]) {
        const told = tellings(servers);
        expect(told.filter(([, times]) => times !== 1)).toEqual([]);
      }
    },
  );

  it.each(SEEDS)(
    'makes findings that hold by their schema of results that no design explains (seed %i)',
    (seed) => {
      const findings = diagnose(anySite(seed));
      expect(findings.map((finding) => Finding.parse(finding))).toEqual(findings);
    },
  );

  it.each(SEEDS)('says everything in both languages, with nothing missing (seed %i)', (seed) => {
    for (const language of ['en', 'ja'] as const) {
      for (const { summary, cause, nextStep, excludes } of diagnoseSite(
        { site: SITE, servers: randomSite(seed) },
        language,
      )) {
        for (const words of [summary, cause, nextStep, ...excludes]) {
          expect(words).not.toMatch(/undefined|null|NaN|\[object/);
          expect(/\p{sc=Hiragana}/u.test(words)).toBe(language === 'ja');
        }
      }
    }
  });
});
