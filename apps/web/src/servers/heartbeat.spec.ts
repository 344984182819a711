import { describe, expect, it } from 'vitest';
import type { StoredResult } from '../api/types.ts';
import { linesOf } from './heartbeat.ts';

const MINUTE = 60_000;
const stored = (minute: number, outcome: string, check = 'imap.tls', target = 'outlook.office365.com') =>
  ({
    observedAt: new Date(minute * MINUTE).toISOString(),
    result: { check, outcome, target: { name: target } },
  }) as unknown as StoredResult;
const beats = (...items: StoredResult[]) => linesOf(items, 0, 4 * MINUTE, 4)[0]?.beats.join(' ');

describe('a heartbeat', () => {
  it('shows the worst of each slot, whatever the order of the results', () => {
    expect(beats(stored(0.1, 'fail'), stored(0.2, 'pass'), stored(1, 'pass'), stored(1.5, 'warn'))).toBe(
      'fail warn none none',
    );
    expect(beats(stored(0.2, 'pass'), stored(0.1, 'fail'))).toBe('fail none none none');
  });

  it('leaves a gap where nothing was observed, and where a check was skipped or put off', () => {
    expect(beats(stored(0, 'pass'), stored(1, 'skipped'), stored(2, 'throttled'), stored(3, 'pass'))).toBe(
      'pass none none pass',
    );
  });

  it('puts a result of the last moment into the last slot, and leaves out what lies outside', () => {
    expect(beats(stored(4, 'pass'), stored(5, 'fail'), stored(-1, 'fail'))).toBe('none none none pass');
  });

  it('has one line a check and target, those that fail now first', () => {
    const lines = linesOf(
      [
        stored(1, 'pass', 'a'),
        stored(2, 'fail', 'z'),
        stored(1, 'fail', 'b', 'x'),
        stored(2, 'pass', 'b', 'x'),
        stored(1, 'pass', 'b', 'y'),
      ],
      0,
      4 * MINUTE,
      4,
    );
    expect(lines.map(({ check, target }) => `${check} ${target}`)).toEqual([
      'z outlook.office365.com',
      'a outlook.office365.com',
      'b x',
      'b y',
    ]);
    expect(lines[2]).toMatchObject({ results: 2, failed: 1 });
  });
});
