import { describe, expect, it } from 'vitest';
import { TurnByTurn } from './turn-by-turn.ts';

describe('work on one thing', () => {
  it('is done one after the other, in the order in which it was asked for', async () => {
    const turns = new TurnByTurn();
    const done: string[] = [];
    let atWork = 0;
    const work = (name: string) => async () => {
      atWork += 1;
      await new Promise((resolve) => setImmediate(resolve));
      done.push(`${name} ${atWork}`);
      atWork -= 1;
      return name;
    };
    const all = ['a', 'b', 'c'].map((name) => turns.run('site', work(name)));
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
    expect(done).toEqual(['a 1', 'b 1', 'c 1']);
  });

  it('does not wait for work on another', async () => {
    const turns = new TurnByTurn();
    let end = (): void => undefined;
    const long = turns.run('one', () => new Promise<void>((resolve) => (end = resolve)));
    expect(await turns.run('other', () => Promise.resolve('done'))).toBe('done');
    end();
    await long;
  });

  it('goes on after work that has failed, which its caller hears of', async () => {
    const turns = new TurnByTurn();
    const failed = turns.run('site', () => Promise.reject(new Error('no')));
    const next = turns.run('site', () => Promise.resolve('yes'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
