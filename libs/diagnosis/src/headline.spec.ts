import type { Finding } from '@mailpath/protocol';
import { expect, it } from 'vitest';
import { headlineOf } from './headline.ts';
import { render } from './render.ts';
import { diagnoseSite } from './diagnose-site.ts';
import { RULES } from './rules.ts';
import { SITUATIONS } from './rules/situations.ts';
import { SITE } from './testing/healthy.ts';

const PLACES = ['outlook.office365.com:993', 'outlook.office365.com:995', 'smtp.office365.com:587'];
const finding = (places: readonly string[], rule = 'connect.refused') =>
  ({
    rule,
    summary: 'as it was stored',
    params: {
      servers: ['app01', 'app02'],
      witnesses: [],
      spread: 'alone',
      places,
      hosts: [],
      protocols: [],
      mailboxes: [],
      how: 'refused',
      here: false,
    },
  }) as unknown as Finding;

it('names one place for all that are alike, how many more there are, and no server', () => {
  expect(headlineOf(finding(PLACES), 'en')).toBe('TCP to outlook.office365.com:993 is refused. (and 2 more)');
  expect(headlineOf(finding(PLACES), 'ja')).toBe(
    'outlook.office365.com:993 への TCP 接続が拒否されます。（他 2 件）',
  );
  expect(headlineOf(finding(PLACES.slice(0, 1)), 'en')).toBe('TCP to outlook.office365.com:993 is refused.');
});

it('keeps the summary of a rule that is not known any more', () => {
  expect(headlineOf(finding(PLACES, 'gone.rule'), 'ja')).toBe('as it was stored');
});

it.each(RULES.map(({ id }) => id))('is no longer than the summary of %s, in both languages', (id) => {
  const { servers, site = SITE } = SITUATIONS[id];
  for (const each of diagnoseSite({ site, servers }))
    for (const language of ['en', 'ja'] as const) {
      const { length } = headlineOf(each, language);
      expect(length).toBeGreaterThan(5);
      expect(length).toBeLessThanOrEqual(render(each, language).summary.length);
    }
});
