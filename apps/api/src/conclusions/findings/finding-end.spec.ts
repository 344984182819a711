import { describe, expect, it } from 'vitest';
import type { KnownFinding } from './finding-life.ts';
import { applied, changesIn, findingOf, type Step } from './testing/story.ts';

const A = (...on: string[]) => ({ A: on });
const after = (step: Step): KnownFinding[] =>
  changesIn([], step).reduce<KnownFinding[]>((rows, change) => applied(rows, change), []);

describe('the end of a finding', () => {
  const known = after({
    newest: ['app01 r1 fail of r0', 'app02 s1 fail of s0'],
    found: A('app01', 'app02'),
    states: {},
  });

  it('is forgotten where it was pending, and closed where it was open', () => {
    const pending = after({ newest: ['app01 r1 fail'], found: A('app01'), states: {} });
    const healed: Step = { newest: ['app01 r2 pass', 'app02 s2 pass'], states: {} };
    expect(changesIn(pending, healed)).toEqual([{ kind: 'forgotten', id: 'row 1' }]);
    expect(changesIn(known, healed)).toEqual([{ kind: 'closed', id: 'row 1' }]);
  });

  it('is not touched while nothing is known of it, nor when it is closed', () => {
    expect(changesIn(known, { newest: [], states: {} })).toEqual([]);
    const closed = applied(known, { kind: 'closed', id: 'row 1' });
    expect(changesIn(closed, { newest: ['app01 r3 pass'], states: {} })).toEqual([]);
  });

  it('begins anew with what it rests on now, where it was closed', () => {
    const closed = applied(known, { kind: 'closed', id: 'row 1' });
    const again: Step = { newest: ['app01 r3 fail'], found: A('app01'), states: {} };
    expect(changesIn(closed, again)).toEqual([
      expect.objectContaining({
        kind: 'suspected',
        id: 'row 1',
        seen: [expect.objectContaining({ resultId: 'r3' })],
      }),
    ]);
  });

  it('is closed by another one at the same place that was open already', () => {
    const other = applied(known, {
      kind: 'opened',
      id: 'row 2',
      finding: findingOf('B', ['app01']),
      seen: known[0]?.seen.slice(0, 1) ?? [],
    });
    const step: Step = {
      newest: ['app01 r1 fail of r0', 'app02 s1 fail of s0'],
      found: { B: ['app01'] },
      states: {},
    };
    expect(changesIn(other, step)).toEqual([]);
    const anew: Step = { ...step, newest: ['app01 r2 fail', 'app02 s2 pass'] };
    expect(changesIn(other, anew)).toContainEqual({ kind: 'closed', id: 'row 1' });
  });
});
