import { describe, expect, it } from 'vitest';
import { clocksOff } from './agent-clocks.ts';

const clocks = (...seconds: (number | null)[]) =>
  seconds.map((aheadSeconds, index) => ({ server: `svc0${index + 1}`, aheadSeconds }));

describe('the clocks of agents', () => {
  it.each([0, 299, 300, -300, null])('are left in peace where one is %s s ahead', (ahead) => {
    expect(clocksOff(clocks(ahead, 0))).toEqual([]);
  });

  it.each([301, -301, 3_600, -86_400])('are told where one is %s s ahead', (ahead) => {
    expect(clocksOff(clocks(ahead, 2, null))).toEqual([
      { kind: 'agent-clock', server: 'svc01', aheadMs: ahead * 1_000, alike: false },
    ]);
  });

  it('are told as alike where all are off by as much, which one alone cannot show', () => {
    expect(clocksOff(clocks(-400, -420)).map(({ alike }) => alike)).toEqual([true, true]);
    expect(clocksOff(clocks(-400, 400)).map(({ alike }) => alike)).toEqual([false, false]);
    expect(clocksOff(clocks(-400, null)).map(({ alike }) => alike)).toEqual([false]);
  });
});
