import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  AADSTS_CAUSES,
  AADSTS_ROWS,
  type CheckResult,
  FailureCode,
  Finding,
  Language,
  Phase,
} from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import { isTrouble, type ServerResults, siteView } from './look.ts';
import { RULES, type RuleId, ruleOf } from './rules.ts';
import { SITUATIONS } from './rules/situations.ts';
import { KNOWN_ANSWERS } from './sign-in/known-answers.ts';
import { failing, FAULTS } from './testing/faults.ts';
import { app, svc } from './testing/fixtures.ts';
import { SITE } from './testing/healthy.ts';
import { Seeded } from './testing/seeded.ts';

const IDS: readonly RuleId[] = RULES.map(({ id }) => id);

describe('every rule', () => {
  it.each(IDS)('%s speaks where it should, and alone', (id) => {
    const { servers, site = SITE, names = ['svc01'], owner, item, confidence, says } = SITUATIONS[id];
    const findings = diagnoseSite({ site, servers });
    expect(
      findings.map(({ rule }) => rule).filter((rule) => !rule.startsWith('path.') || rule === id),
    ).toEqual([id]);
    const finding = Finding.parse(findings.find(({ rule }) => rule === id));
    expect(finding.scope.servers).toEqual(names);
    expect(finding).toMatchObject({ owner, checklistItem: item, ...(confidence ? { confidence } : {}) });
    expect(finding.summary).toContain(says);
    expect(finding.evidence.length).toBeGreaterThan(0);
    // Stored as JSON, and read again by whoever renders it.
    expect(JSON.parse(JSON.stringify(finding))).toEqual(finding);
  });

  it.each(IDS)('%s has whole words in each language', (id) => {
    const { servers, site = SITE } = SITUATIONS[id];
    for (const language of Language.options) {
      const finding = diagnoseSite({ site, servers }, language).find(({ rule }) => rule === id);
      for (const words of [
        finding?.summary,
        finding?.cause,
        finding?.nextStep,
        ...(finding?.excludes ?? []),
      ]) {
        expect(words).not.toMatch(/undefined|null|NaN|\[object| {2}|\.\.$|。。| 、/);
        expect(words).toMatch(language === 'en' ? /\S[.)\w]$/ : /[\p{sc=Hiragana}\p{sc=Katakana}]/u);
      }
    }
  });

  it('has an id of its own, by which it is found', () => {
    expect(new Set(IDS).size).toBe(IDS.length);
    for (const rule of RULES) expect(ruleOf(rule.id)).toBe(rule);
    expect(ruleOf('connect.no-such-rule')).toBeNull();
  });

  it('is there for every cause that an error number of Entra ID may have', () => {
    const causes: readonly RuleId[] = AADSTS_CAUSES;
    expect(IDS).toEqual(expect.arrayContaining([...causes]));
  });

  it('lives with its situation in files that are named by its id, and stands in the list', () => {
    const files = readdirSync(join(import.meta.dirname, 'rules'));
    const stems = (suffix: string) =>
      files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
    const named = IDS.map((id) => id.replaceAll('.', '-')).toSorted();
    expect(stems('.rule.ts').toSorted()).toEqual(named);
    expect(stems('.situation.ts').toSorted()).toEqual(named);
  });
});

/** Every rule that must look before one, named by it or by one that it names. */
function before(id: string, found = new Set<string>()): Set<string> {
  for (const each of ruleOf(id)?.after ?? [])
    if (!found.has(each)) {
      found.add(each);
      before(each, found);
    }
  return found;
}

const refusedWith = (aadsts: number, error: string): ServerResults => {
  const server = svc();
  const refused = (result: CheckResult) =>
    failing(result, 'token', 'denied', {
      token: { status: 400, error, aadsts, description: `AADSTS${aadsts}: refused.` },
    });
  return {
    ...server,
    results: server.results.map((each) => (each.check.startsWith('token.') ? refused(each) : each)),
  };
};

/** Sites of every kind the specs know: what the rules are for, and what nobody foresaw. */
function* sites(): Generator<readonly ServerResults[]> {
  for (const { servers } of Object.values(SITUATIONS)) yield servers;
  for (const fault of Object.values(FAULTS)) yield [fault(svc()), app()];
  for (const cause of AADSTS_CAUSES)
    for (const error of ['invalid_client', 'invalid_grant', 'unauthorized_client', 'consent_required'])
      yield [refusedWith(AADSTS_ROWS.find((row) => row.cause === cause)?.codes[0] ?? 0, error)];
  for (let seed = 1; seed <= 60; seed += 1) {
    const seeded = new Seeded(seed);
    const phases = Phase.options as [Phase, ...Phase[]];
    const codes = FailureCode.options as [FailureCode, ...FailureCode[]];
    const broken = (result: CheckResult) =>
      seeded.next() < 0.5 ? failing(result, seeded.pick(phases), seeded.pick(codes)) : result;
    yield [svc(), app(), svc('svc02')].map((server) => ({ ...server, results: server.results.map(broken) }));
  }
}

/** The ids of the rules, in their order, that would take one and the same result for theirs. */
function* contests(): Generator<string[]> {
  const claiming = RULES.filter(({ comparesOnly, id }) => !comparesOnly && id !== 'mailpath.unexplained');
  for (const servers of sites()) {
    const site = siteView(SITE, servers, KNOWN_ANSWERS);
    for (const server of site.servers) {
      const unexplained = server.results.filter(isTrouble);
      const claimed = new Map(unexplained.map((result) => [result, new Set<string>()]));
      for (const rule of claiming)
        for (const { results, consequences = [] } of rule.find({ server, site, unexplained }))
          for (const result of [...results, ...consequences]) claimed.get(result)?.add(rule.id);
      yield* [...claimed.values()].map((ids) => [...ids]);
    }
  }
}

describe('the order of the rules', () => {
  it('has every rule after those that it names, which are all rules', () => {
    for (const [index, { id, after }] of RULES.entries())
      for (const each of after) {
        expect(IDS, `${id} names ${each}`).toContain(each);
        expect(IDS.indexOf(each as RuleId), `${id} stands before ${each}`).toBeLessThan(index);
      }
  });

  it('is named by every rule that would take what an earlier one explains', { timeout: 60_000 }, () => {
    const missing = new Set<string>();
    for (const ids of contests())
      for (const [index, id] of ids.entries())
        for (const earlier of ids.slice(0, index))
          if (!before(id).has(earlier)) missing.add(`${id}: after ${earlier}`);
    expect([...missing]).toEqual([]);
  });

  it('ends with the rule that takes all that is left', () => {
    expect(IDS.at(-1)).toBe('mailpath.unexplained');
  });
});
