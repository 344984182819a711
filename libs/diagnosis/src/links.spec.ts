import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATEMENTS_URL } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { diagnoseSite } from './diagnose-site.ts';
import { linksOf } from './links.ts';
import { RULES } from './rules.ts';
import { SITUATIONS } from './rules/situations.ts';
import { SITE } from './testing/healthy.ts';

interface Facts {
  rule: string;
  evidence: string[];
  statements: string[];
}
const none: Facts = { rule: 'connect.refused', evidence: [], statements: [] };
const urls = (facts: Partial<Facts>): string[] => linksOf({ ...none, ...facts }, 'en').map(({ url }) => url);

describe('where a finding can be read of', () => {
  it('is the page of each number of Entra ID, once', () => {
    const evidence = [
      'svc01: HTTP 400 invalid_grant AADSTS50076: …',
      'svc02: AADSTS50076',
      'svc02: AADSTS7000215',
    ];
    expect(urls({ rule: 'token.policy', evidence })).toEqual([
      'https://login.microsoftonline.com/error?code=50076',
      'https://login.microsoftonline.com/error?code=7000215',
    ]);
  });

  it('is the page that the other end names', () => {
    const evidence = [
      '432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending',
    ];
    expect(urls({ rule: 'throttled', evidence })).toEqual(['https://aka.ms/concurrent_sending']);
    expect(urls({ rule: 'throttled' })).toEqual([]);
  });

  it('is the page of its cause, once though the other end names it too', () => {
    const evidence = ['535 5.7.139 … Visit https://aka.ms/smtp_auth_disabled'];
    expect(
      urls({ rule: 'smtp.auth-off', evidence }).filter((url) => url.includes('smtp_auth_disabled')),
    ).toHaveLength(1);
  });

  it('is Cisco’s document wherever a statement is, and last', () => {
    expect(urls({ statements: ['S59'] })).toEqual([STATEMENTS_URL]);
    expect(urls({ rule: 'smtp.auth-off', statements: ['S50'] }).at(-1)).toBe(STATEMENTS_URL);
  });

  it('is of Microsoft or Cisco, over https, with a title in each language, for every rule', () => {
    for (const { id } of RULES) {
      const { servers, site = SITE } = SITUATIONS[id];
      for (const finding of diagnoseSite({ site, servers })) {
        const [en, ja] = [linksOf(finding, 'en'), linksOf(finding, 'ja')];
        expect(ja.map(({ url }) => url)).toEqual(en.map(({ url }) => url));
        expect(ja.filter(({ title }, i) => title === '' || title === en[i]?.title)).toEqual([]);
        for (const { url } of en)
          expect(url).toMatch(
            /^https:\/\/(?:[a-z]+\.)*(?:microsoft\.com|microsoftonline\.com|aka\.ms|cisco\.com)\//,
          );
      }
    }
  });

  it('names rules that there are', () => {
    const source = readFileSync(join(import.meta.dirname, 'links.ts'), 'utf8');
    const named = [...source.matchAll(/^ {2}'([a-z-]+\.[a-z-]+)': \[/gm)].map(([, id = '']) => id);
    const ids: readonly string[] = RULES.map(({ id }) => id);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });
});
