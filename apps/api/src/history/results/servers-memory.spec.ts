import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Remembered, ServersMemory } from './servers-memory.ts';

const MOST = 10;
const of = (version: string, bytes: number): Remembered<never> => ({ version, read: [], bytes });

it('has never more bytes than it may have, and of each site what was kept last or nothing', () => {
  const site = fc.constantFrom('a', 'b', 'c', 'd');
  const server = fc.tuple(fc.constantFrom('x', 'y', 'z'), fc.nat(12));
  fc.assert(
    fc.property(fc.array(fc.tuple(site, fc.array(server))), (steps) => {
      const memory = new ServersMemory<never>(MOST);
      const last = new Map<string, ReadonlyMap<string, Remembered<never>>>();
      for (const [n, [siteId, servers]] of steps.entries()) {
        const read = new Map(
          servers.map(([id, bytes]): [string, Remembered<never>] => [id, of(`${n}`, bytes)]),
        );
        memory.keep(siteId, read);
        last.set(siteId, read);
        const had = [...last].flatMap(([id, expected]) =>
          [...memory.of(id)].map(([serverId, one]) => {
            expect(one).toBe(expected.get(serverId));
            return one.bytes;
          }),
        );
        const size = had.reduce((sum, bytes) => sum + bytes, 0);
        expect(memory.size).toBe(size);
        expect(size).toBeLessThanOrEqual(MOST);
      }
    }),
  );
});

it('forgets the sites that were read longest ago first', () => {
  const memory = new ServersMemory<never>(MOST);
  const one = new Map([['x', of('1', 4)]]);
  for (const siteId of ['a', 'b', 'a', 'c']) memory.keep(siteId, one);
  expect(['a', 'b', 'c'].map((siteId) => memory.of(siteId).size)).toEqual([1, 0, 1]);
});
