import { describe, expect, it } from 'vitest';
import { byGroup, newestOf } from './groups.ts';

const server = (serverName: string, group: number) => ({
  serverId: serverName,
  serverName,
  group,
  state: 'waiting' as const,
  reason: null,
  changedAt: '2026-11-28T00:00:00.000Z',
});

describe('an upgrade', () => {
  it('goes group by group, whatever order its servers are told in', () => {
    const groups = byGroup([server('c', 2), server('a', 0), server('d', 2), server('b', 1)]);
    expect(groups.map(({ servers }) => servers.map(({ serverName }) => serverName))).toEqual([
      ['a'],
      ['b'],
      ['c', 'd'],
    ]);
  });
});

describe('the newest version', () => {
  it.each([
    [[], null],
    [[null], null],
    [['0.9.0', '0.10.0'], '0.10.0'],
    [['1.0.0', null, '0.99.99'], '1.0.0'],
    [['1.2.3', '1.2.10', '1.2.9'], '1.2.10'],
  ])('of %j is %j', (versions, newest) => {
    expect(newestOf(versions.map((version) => ({ version })))).toBe(newest);
  });
});
