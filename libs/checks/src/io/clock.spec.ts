import { expect, test } from 'vitest';
import type { CheckRun } from '../check.ts';
import { clockFromBanner, clockFromHttp, clockFromToken, halfWay } from './clock.ts';

function kept(work: (run: CheckRun) => void): unknown {
  const facts: unknown[] = [];
  work({
    record: (section: string, fact: object) => facts.push({ section, ...fact }),
  } as unknown as CheckRun);
  expect(facts.length).toBeLessThan(2);
  return facts[0];
}

const noon = Date.UTC(2026, 10, 24, 12);

test.each([
  ['the same second', noon + 500, 0],
  ['a machine that is five minutes ahead', noon + 300_500, 300_000],
  ['a machine that is an hour behind', noon - 3_599_500, -3_600_000],
])('an HTTP Date and %s: %i', (_, at, aheadMs) => {
  expect(kept((run) => clockFromHttp(run, 'Tue, 24 Nov 2026 12:00:00 GMT', undefined, at))).toEqual({
    section: 'clock',
    source: 'http-date',
    aheadMs,
  });
});

test.each([
  ['no Date', undefined, undefined],
  ['a Date in another form', 'Tuesday, 24-Nov-26 12:00:00 GMT', undefined],
  ['a Date that is none', 'Tue, 99 Nov 2026 12:00:00 GMT', undefined],
  ['what a cache kept', 'Tue, 24 Nov 2026 12:00:00 GMT', '77'],
])('%s tells no time', (_, date, age) => {
  expect(kept((run) => clockFromHttp(run, date, age, noon))).toBeUndefined();
});

test.each([
  [
    '220 A.outlook.office365.com Microsoft ESMTP MAIL Service ready at Tue, 24 Nov 2026 12:00:00 +0000',
    60_000,
  ],
  ['220 mail.test ESMTP Tue, 24 Nov 2026 13:00:00 +0100 ', 60_000],
  ['220 mail.test ready 24 Nov 2026 06:00:00 -0600', 60_000],
])('the greeting "%s" tells the time, with its zone', (greeting, aheadMs) => {
  expect(kept((run) => clockFromBanner(run, greeting, noon + 60_500))).toMatchObject({
    source: 'smtp-banner',
    aheadMs,
  });
});

test.each([
  '220 mail.test ESMTP',
  '220 ******** 24',
  '220 x 12 Nov 2026 12:00 +0000',
  '220 99 Xyz 2026 12:00:00 +0000',
])('the greeting "%s" tells no time', (greeting) => {
  expect(kept((run) => clockFromBanner(run, greeting, noon))).toBeUndefined();
});

test('a token whose number is beyond all numbers tells no time', () => {
  const made = (exp: number) => kept((run) => clockFromToken(run, { exp, expiresIn: 3_600 }, noon));
  expect(made(noon / 1_000 + 3_600)).toMatchObject({ source: 'token', aheadMs: -500 });
  expect(made(Number.MAX_VALUE)).toBeUndefined();
});

test('half of the wait is taken off', async () => {
  const before = Date.now();
  const middle = halfWay();
  while (Date.now() < before + 20) await new Promise((resolve) => setImmediate(resolve));
  const after = Date.now();
  expect(middle()).toBeGreaterThan(before + 5);
  expect(middle()).toBeLessThan(after);
});
