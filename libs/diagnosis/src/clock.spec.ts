import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockAhead, clockAheadBesides, wrongByEnd } from './clock.ts';
import { diagnoseSite } from './diagnose-site.ts';
import { changed } from './testing/faults.ts';
import { app, svc } from './testing/fixtures.ts';
import { sections, SITE } from './testing/healthy.ts';

const HOUR = 3_600_000;
const told = (...ends: [host: string, aheadMs: number][]) =>
  ends.map(([host, aheadMs]) => ({
    target: { name: 'it', host, port: 443 },
    evidence: sections({ clock: { source: 'http-date', aheadMs } }),
  }));

describe('how far a clock is ahead', () => {
  it.each<[string, [string, number][], number | null]>([
    ['nobody tells', [], null],
    ['one end tells', [['a', HOUR]], null],
    [
      'one end tells, however often',
      [
        ['a', HOUR],
        ['a', HOUR],
        ['a', HOUR],
      ],
      null,
    ],
    [
      'two ends agree',
      [
        ['a', HOUR],
        ['b', HOUR + 900],
      ],
      HOUR,
    ],
    [
      'two ends disagree',
      [
        ['a', HOUR],
        ['b', 0],
      ],
      null,
    ],
    [
      'one of three is wrong',
      [
        ['a', 9 * HOUR],
        ['b', 100],
        ['c', 300],
      ],
      100,
    ],
    [
      'one of three is wrong the other way',
      [
        ['a', -9 * HOUR],
        ['b', 100],
        ['c', 300],
      ],
      100,
    ],
    [
      'half of four are wrong',
      [
        ['a', HOUR],
        ['b', HOUR],
        ['c', 0],
        ['d', 0],
      ],
      null,
    ],
    [
      'three ends say three things',
      [
        ['a', HOUR],
        ['b', 0],
        ['c', -HOUR],
      ],
      null,
    ],
  ])('%s', (_name, ends, expected) => {
    expect(clockAhead(told(...ends))).toBe(expected);
  });

  it('never depends on what one far end of several says', () => {
    const off = fc.integer({ min: -48 * HOUR, max: 48 * HOUR });
    const run = fc.check(
      fc.property(off, off, fc.integer({ min: 2, max: 6 }), (right, wrong, ends) => {
        const hosts = Array.from({ length: ends }, (_, i): [string, number] => [`end${i}`, right + i * 100]);
        const ahead = clockAhead(told(...hosts, ['other', wrong]));
        return ahead === null ? ends < 2 : Math.abs(ahead - right) <= 60_000;
      }),
      { seed: 11, numRuns: 1_000 },
    );
    expect(run.counterexample).toBeNull();
  });

  it('is known by one end where another server has seen that end right, and corrected where it saw it wrong', () => {
    const beside = (...sibling: Parameters<typeof told>) =>
      clockAheadBesides(told(['a', HOUR]), (host) => wrongByEnd(told(...sibling)).get(host) ?? null);
    expect(beside(['a', 200], ['b', 0], ['c', 0])).toBe(HOUR - 200);
    expect(beside(['a', HOUR], ['b', 0], ['c', 0])).toBe(0);
    expect(beside(['b', 0], ['c', 0])).toBeNull();
    expect(beside(['a', 0])).toBeNull();
  });
});

it.each(['login.microsoftonline.com', 'smtp.office365.com', 'outlook.office365.com'])(
  'one wrong clock at Microsoft is no fault of any server: %s',
  (host) => {
    const wrong = (server: ReturnType<typeof svc>) =>
      changed(
        server,
        ({ target, evidence }) => target.host === host && evidence.clock !== undefined,
        (each) => ({
          ...each,
          evidence: sections(each.evidence, { clock: { source: 'http-date', aheadMs: -9 * HOUR } }),
        }),
      );
    expect(diagnoseSite({ site: SITE, servers: [wrong(svc()), wrong(app())] })).toEqual([]);
    const alone = {
      ...wrong(svc()),
      results: wrong(svc()).results.filter(({ target }) => target.host === host),
    };
    expect(diagnoseSite({ site: SITE, servers: [alone] })).toEqual([]);
  },
);
