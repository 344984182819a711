import { CLOSE } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { REFUSAL_ADVICE, reconnectDelayMs } from './reconnect.ts';

describe('the delay before the next attempt', () => {
  it('lies anywhere between nothing and 1, 2, 4 … 60 s', () => {
    const ends = (attempts: number): number[] =>
      [0, 0.5, 1].map((part) => reconnectDelayMs(1006, attempts, () => part));
    expect(ends(0)).toEqual([0, 500, 1_000]);
    expect(ends(1)).toEqual([0, 1_000, 2_000]);
    expect(ends(5)).toEqual([0, 16_000, 32_000]);
    expect(ends(6)).toEqual([0, 30_000, 60_000]);
    expect(ends(10_000)).toEqual([0, 30_000, 60_000]);
  });

  it.each([CLOSE.notKnown, CLOSE.revoked, CLOSE.replaced, CLOSE.cloned, CLOSE.protocolVersion])(
    'is at least a minute after the close code %i, which a person must act on',
    (code) => {
      expect(reconnectDelayMs(code, 0, () => 0)).toBe(60_000);
      expect(reconnectDelayMs(code, 0, () => 1)).toBe(120_000);
    },
  );
});

it.each([
  [CLOSE.notKnown, /does not know this agent: enrol it again with --replace$/],
  [CLOSE.revoked, /was revoked: enrol it again .* or stop the service$/],
  [CLOSE.replaced, /another connection .* on a second machine \(a clone\)\?$/],
  [CLOSE.protocolVersion, /is older than this agent: update the API, or /],
])('the close code %i comes with what a person has to do', (code, advice) => {
  expect(REFUSAL_ADVICE[code]).toMatch(advice);
});
