import { describe, expect, it } from 'vitest';
import { RequestWindows } from './request-windows.ts';

const WINDOW_MS = 60_000;

function counter() {
  let now = 0;
  const windows = new RequestWindows(undefined, () => now);
  return {
    pass: (ms: number): void => void (now += ms),
    ask: (key = 'a', of = windows) => {
      let answer: { current: number; ttl: number } | undefined;
      of.incr(key, (_, result) => void (answer = result), WINDOW_MS);
      return answer;
    },
    windows,
  };
}

describe('windows of requests', () => {
  it('begin with the first request, end after their time, and begin anew', () => {
    const { ask, pass } = counter();
    expect(ask()).toEqual({ current: 1, ttl: WINDOW_MS });
    pass(WINDOW_MS - 1);
    expect(ask()).toEqual({ current: 2, ttl: 1 });
    pass(1);
    expect(ask()).toEqual({ current: 1, ttl: WINDOW_MS });
  });

  it('are of one caller, and of one route where that has a limit of its own', () => {
    const { ask, windows } = counter();
    ask();
    expect(ask('b')).toEqual({ current: 1, ttl: WINDOW_MS });
    expect(ask('a', windows.child())).toEqual({ current: 1, ttl: WINDOW_MS });
    expect(ask()).toEqual({ current: 2, ttl: WINDOW_MS });
  });

  it('are forgotten where there are too many, of whoever has not asked for the longest time', () => {
    const { ask } = counter();
    for (const key of ['idle', 'busy']) ask(key);
    for (let i = 0; i < 4_998; i += 1) ask(`caller-${i}`);
    ask('busy');
    ask('one too many');
    expect(ask('busy')?.current).toBe(3);
    expect(ask('idle')?.current).toBe(1);
  });
});
