import { describe, expect, it } from 'vitest';
import { changesOf, type KnownFinding } from './finding-life.ts';
import { applied, changesIn, CHECK, findingOf, lookOf, statesOf, type Step } from './testing/story.ts';

const A = (...on: string[]) => ({ A: on });
const OPEN: Step = { newest: ['app01 r2 fail of r1'], found: A('app01'), states: { A: 'open 1' } };

describe('the life of a finding', () => {
  it.each<[string, Step[]]>([
    [
      'is pending after one failure',
      [{ newest: ['app01 r1 fail'], found: A('app01'), states: { A: 'pending 0' } }],
    ],
    [
      'opens when its second look fails as well',
      [
        { newest: ['app01 r1 fail'], found: A('app01'), states: { A: 'pending 0' } },
        { newest: ['app01 r2 fail of r1'], found: A('app01'), states: { A: 'open 1' } },
      ],
    ],
    ['opens at once when both looks came together', [OPEN]],
    [
      'opens when a later round finds it again',
      [
        { newest: ['app01 r1 fail'], found: A('app01'), states: { A: 'pending 0' } },
        { newest: ['app01 r2 fail'], found: A('app01'), states: { A: 'open 1' } },
      ],
    ],
    [
      'is not confirmed by the same result, nor by the first failure of another server',
      [
        { newest: ['app01 r1 fail'], found: A('app01'), states: { A: 'pending 0' } },
        { newest: ['app01 r1 fail'], found: A('app01'), states: { A: 'pending 0' } },
        {
          newest: ['app01 r1 fail', 'app02 s1 fail'],
          found: A('app01', 'app02'),
          states: { A: 'pending 0' },
        },
      ],
    ],
    [
      'needs two rounds where nothing failed',
      [
        { newest: ['app01 r1 pass'], found: A('app01'), states: { A: 'pending 0' } },
        { newest: ['app01 r2 pass'], found: A('app01'), states: { A: 'open 1' } },
      ],
    ],
    [
      'needs two rounds where the second look passed',
      [
        { newest: ['app01 r1 pass of r0'], found: A('app01'), states: { A: 'pending 0' } },
        { newest: ['app01 r2 fail'], found: { B: ['app01'] }, states: { A: 'pending 0', B: 'pending 0' } },
        { newest: ['app01 r3 pass of r2'], found: A('app01'), states: { A: 'open 1' } },
      ],
    ],
    [
      'is not confirmed by the second look at what made it pending',
      [
        { newest: ['app01 r1 warn'], found: A('app01'), states: { A: 'pending 0' } },
        { newest: ['app01 r2 warn of r1'], found: A('app01'), states: { A: 'pending 0' } },
      ],
    ],
    [
      'is forgotten when the second look passes',
      [
        { newest: ['app01 r1 fail'], found: A('app01'), states: { A: 'pending 0' } },
        { newest: ['app01 r2 pass of r1'], states: {} },
      ],
    ],
    ['closes within one round', [OPEN, { newest: ['app01 r3 pass'], states: { A: 'closed 1' } }]],
    [
      'stays pending, and open, while nothing new is known',
      [
        { newest: ['app01 r1 fail'], found: A('app01'), states: { A: 'pending 0' } },
        { newest: ['app01 r1 fail stale'], states: { A: 'pending 0' } },
        { newest: ['app01 r3 fail of r1'], found: A('app01'), states: { A: 'open 1' } },
        { newest: ['app01 r3 fail stale'], states: { A: 'open 1' } },
        { newest: [], states: { A: 'open 1' } },
      ],
    ],
    [
      'is not closed by what is too old when it arrives, was not tried, or is our own fault',
      [
        OPEN,
        { newest: ['app01 r3 pass stale'], states: { A: 'open 1' } },
        { newest: ['app01 r4 skipped'], states: { A: 'open 1' } },
        {
          newest: ['app01 r5 internal of r4'],
          found: { own: ['app01'] },
          states: { A: 'open 1', own: 'open 1' },
        },
        { newest: ['app01 r6 pass'], states: { A: 'closed 1', own: 'closed 1' } },
      ],
    ],
    [
      'is not closed by another failure before that one is confirmed',
      [
        OPEN,
        { newest: ['app01 r3 fail'], found: { B: ['app01'] }, states: { A: 'open 1', B: 'pending 0' } },
        { newest: ['app01 r4 fail of r3'], found: { B: ['app01'] }, states: { A: 'closed 1', B: 'open 1' } },
      ],
    ],
    [
      'is closed by another failure that a later round confirms',
      [
        OPEN,
        { newest: ['app01 r3 fail'], found: { B: ['app01'] }, states: { A: 'open 1', B: 'pending 0' } },
        { newest: ['app01 r4 fail'], found: { B: ['app01'] }, states: { A: 'closed 1', B: 'open 1' } },
      ],
    ],
    [
      'opens again in the same row once it is confirmed again',
      [
        OPEN,
        { newest: ['app01 r3 pass'], states: { A: 'closed 1' } },
        { newest: ['app01 r4 fail'], found: A('app01'), states: { A: 'pending 1' } },
        { newest: ['app01 r5 fail of r4'], found: A('app01'), states: { A: 'open 2' } },
      ],
    ],
    [
      'is as closed as before when it was seen again and not confirmed',
      [
        OPEN,
        { newest: ['app01 r3 pass'], states: { A: 'closed 1' } },
        { newest: ['app01 r4 fail'], found: A('app01'), states: { A: 'pending 1' } },
        { newest: ['app01 r5 pass of r4'], states: { A: 'closed 1' } },
      ],
    ],
    [
      'waits for every server that had it',
      [
        {
          newest: ['app01 r1 fail of r0', 'app02 s1 fail of s0'],
          found: A('app01', 'app02'),
          states: { A: 'open 1' },
        },
        { newest: ['app01 r2 pass', 'app02 s1 fail stale'], states: { A: 'open 1' } },
        { newest: ['app01 r2 pass', 'app02 s2 pass'], states: { A: 'closed 1' } },
      ],
    ],
    [
      'waits for a server that went away while another one still had it',
      [
        {
          newest: ['app01 r1 fail of r0', 'app02 s1 fail of s0'],
          found: A('app01', 'app02'),
          states: { A: 'open 1' },
        },
        {
          newest: ['app01 r2 fail of r1', 'app02 s1 fail stale'],
          found: A('app01'),
          states: { A: 'open 1' },
        },
        { newest: ['app01 r3 pass', 'app02 s1 fail stale'], states: { A: 'open 1' } },
        { newest: ['app01 r3 pass', 'app02 s2 pass'], states: { A: 'closed 1' } },
      ],
    ],
    [
      'goes with its only server when that is retired',
      [OPEN, { newest: ['app01 r2 fail of r1'], servers: ['app02'], states: { A: 'closed 1' } }],
    ],
  ])('%s', (_, steps) => {
    let rows: KnownFinding[] = [];
    for (const step of steps) {
      for (const change of changesIn(rows, step)) rows = applied(rows, change);
      expect(statesOf(rows), `after ${step.newest.join(', ')}`).toEqual(step.states);
    }
  });

  const two: Step = {
    newest: ['app01 r1 fail of r0', 'app02 s1 fail of s0'],
    found: A('app01', 'app02'),
    states: {},
  };
  const known = changesIn([], two).reduce<KnownFinding[]>((rows, change) => applied(rows, change), []);

  it('loses the part of a retired server and keeps the others', () => {
    const step: Step = { newest: ['app01 r1 fail stale'], servers: ['app01'], states: {} };
    const [change] = changesIn(known, step);
    expect(change).toMatchObject({
      kind: 'narrowed',
      finding: { scope: { servers: ['app01'], checks: [{ server: 'app01', ...CHECK }] } },
      seen: [{ serverId: 'id of app01', resultId: 'r1' }],
    });
  });

  it('is written anew when its results, its words or its severity are other ones, and not otherwise', () => {
    expect(changesIn(known, two)).toEqual([]);
    const later = { ...two, newest: ['app01 r2 fail', 'app02 s1 fail of s0'] };
    expect(changesIn(known, later)).toMatchObject([
      { kind: 'seen', seen: [{ resultId: 'r2' }, { resultId: 's1' }] },
    ]);
    const milder = changesOf({
      known,
      found: [findingOf('A', ['app01', 'app02'], { severity: 'warning' })],
      newest: two.newest.map(lookOf),
      servers: new Map([
        ['id of app01', 'app01'],
        ['id of app02', 'app02'],
      ]),
      isAsked: () => true,
    });
    expect(milder).toMatchObject([{ kind: 'seen', finding: { severity: 'warning' } }]);
  });

  it('keeps the results that follow from it apart from those that it rests on, and waits for the latter alone', () => {
    const found = findingOf('A', ['app01'], { consequences: [{ server: 'app02', ...CHECK }] });
    const situation = {
      servers: new Map([
        ['id of app01', 'app01'],
        ['id of app02', 'app02'],
      ]),
      isAsked: () => true,
    };
    const newest = ['app01 r1 fail of r0', 'app02 s1 skipped'].map(lookOf);
    const [opened] = changesOf({ known: [], found: [found], newest, ...situation });
    expect(opened).toMatchObject({
      kind: 'opened',
      seen: [
        { resultId: 'r1', basis: true },
        { resultId: 's1', basis: false },
      ],
    });
    const rows = opened ? applied([], opened) : [];
    const healed = ['app01 r2 pass', 'app02 s1 skipped'].map(lookOf);
    expect(changesOf({ known: rows, found: [], newest: healed, ...situation })).toEqual([
      { kind: 'closed', id: 'row 1' },
    ]);
  });
});
