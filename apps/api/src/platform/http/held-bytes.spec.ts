import { describe, expect, it } from 'vitest';
import { type Held, HeldBytes } from './held-bytes.ts';

const MOST = { ofAddress: 10, inAll: 20 };

function enter(bytes: HeldBytes, address: string, count: number, cuts: string[] = []): Held {
  const held: Held = { address, bytes: count, cut: () => void cuts.push(address) };
  bytes.enter(held);
  return held;
}

describe('bytes that wait for somebody', () => {
  it('have room up to the limit of an address, and of all', () => {
    const bytes = new HeldBytes(MOST);
    enter(bytes, 'a', 8);
    expect([2, 3].map((more) => bytes.hasRoom({ address: 'a', bytes: more }))).toEqual([true, false]);
    enter(bytes, 'b', 9);
    expect([3, 4].map((more) => bytes.hasRoom({ address: 'c', bytes: more }))).toEqual([true, false]);
  });

  it('are given back once', () => {
    const bytes = new HeldBytes(MOST);
    const held = enter(bytes, 'a', 10);
    bytes.leave(held);
    bytes.leave(held);
    expect(bytes.sum).toBe(0);
    expect(bytes.hasRoom({ address: 'a', bytes: 10 })).toBe(true);
  });

  it('of which one alone is too many are held all the same', () => {
    expect(new HeldBytes(MOST).hasRoom({ address: 'a', bytes: 100 })).toBe(true);
  });

  it('make room at the cost of their own address, oldest first', () => {
    const bytes = new HeldBytes(MOST);
    const cuts: string[] = [];
    enter(bytes, 'b', 5, cuts);
    const oldest = enter(bytes, 'a', 5, cuts);
    enter(bytes, 'a', 4, cuts);
    bytes.makeRoom({ address: 'a', bytes: 5 });
    expect(cuts).toEqual(['a']);
    expect(bytes.sum).toBe(9);
    bytes.leave(oldest);
    expect(bytes.sum).toBe(9);
  });

  it('make room at the cost of the oldest of others where all together are too many', () => {
    const bytes = new HeldBytes(MOST);
    const cuts: string[] = [];
    for (const address of ['b', 'c', 'd']) enter(bytes, address, 6, cuts);
    bytes.makeRoom({ address: 'a', bytes: 6 });
    expect(cuts).toEqual(['b']);
  });
});
