import { beforeEach, describe, expect, it } from 'vitest';
import { OneAtATime } from './one-at-a-time.ts';

/** Runs that a spec ends one by one. */
let runs: { key: string; end: () => void; fail: (error: Error) => void }[];
let once: OneAtATime;
beforeEach(() => {
  runs = [];
  once = new OneAtATime(
    (key) => new Promise<void>((end, fail) => void runs.push({ key, end: () => end(), fail })),
  );
});
const turns = () => new Promise((resolve) => setImmediate(resolve));

describe('runs for one thing', () => {
  it('do not overlap, and whoever asks while one runs shares the next', async () => {
    const first = once.run('site');
    const [second, third] = [once.run('site'), once.run('site')];
    expect([runs.length, second === third]).toEqual([1, true]);
    runs[0]?.end();
    await first;
    await turns();
    expect(runs).toHaveLength(2);
    runs[1]?.end();
    await third;
    await once.idle();
    expect(runs).toHaveLength(2);
  });

  it('run beside those for another', () => {
    void once.run('one');
    void once.run('other');
    expect(runs.map(({ key }) => key)).toEqual(['one', 'other']);
  });

  it('go on after one that has failed, which its caller hears of', async () => {
    const first = once.run('site');
    const second = once.run('site');
    runs[0]?.fail(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await turns();
    runs[1]?.end();
    await expect(second).resolves.toBeUndefined();
  });

  it('are waited for by whoever wants none to run any more', async () => {
    void once.run('site');
    void once.run('site');
    let idle = false;
    const waits = once.idle().then(() => (idle = true));
    runs[0]?.end();
    await turns();
    expect([runs.length, idle]).toEqual([2, false]);
    runs[1]?.end();
    await waits;
  });
});
