import { describe, expect, it } from 'vitest';
import { Finding, Language } from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import { RULES } from './rules.ts';
import { SITE } from './testing/healthy.ts';
import { FIXTURES } from './testing/rule-fixtures.ts';
import { CATALOGUES } from './words/catalogue.ts';

describe('every rule', () => {
  it.each(RULES.map(({ id }) => id))('%s speaks where it should, and alone', (id) => {
    const { servers, site = SITE, names = ['svc01'], owner, item, confidence, says } = FIXTURES[id];
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

  it.each(RULES.map(({ id }) => id))('%s has whole words in each language', (id) => {
    const { servers, site = SITE } = FIXTURES[id];
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

  it('has an id of its own, and words that no rule lacks', () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(CATALOGUES.en.rules).toSorted()).toEqual(ids.toSorted());
  });
});
