import { describe, expect, it } from 'vitest';
import type { FailureCode, Phase, Role } from '@mailpath/protocol';
import { differences, NAMED_SIBLINGS, type Sibling } from './differences.ts';

const answering = (serverName: string, roles: Role[], answer: Sibling['answer']): Sibling => ({
  serverId: `id-${serverName}`,
  serverName,
  roles,
  answer,
});
const pass = { outcome: 'pass', phase: null, code: null } as const;
const fail = (phase: Phase, code: FailureCode) => ({ outcome: 'fail', phase, code }) as const;

describe('the cells that differ from their siblings', () => {
  it('names the one server that fails, the siblings it differs from, and the phase', () => {
    expect(
      differences([
        answering('app01', ['application'], pass),
        answering('app02', ['application'], fail('connect', 'refused')),
        answering('app03', ['application'], pass),
      ]),
    ).toEqual([
      {
        serverId: 'id-app02',
        role: 'application',
        from: ['id-app01', 'id-app03'],
        siblings: 2,
        sentence: 'app02 fails in connect (refused), app01 and app03 pass.',
      },
    ]);
  });

  it('says it in Japanese when asked to', () => {
    const [difference] = differences(
      [
        answering('app01', ['application'], pass),
        answering('app02', ['application'], fail('connect', 'refused')),
      ],
      'ja',
    );
    expect(difference?.sentence).toBe('app02 は失敗 (connect: refused)、app01 は成功です。');
  });

  it('compares within a role only', () => {
    expect(
      differences([
        answering('svc01', ['services'], fail('connect', 'timeout')),
        answering('app01', ['application'], pass),
      ]),
    ).toEqual([]);
  });

  it('compares a machine with both roles with the siblings of each', () => {
    const found = differences([
      answering('all01', ['services', 'application'], fail('tls', 'untrusted')),
      answering('svc01', ['services'], pass),
      answering('app01', ['application'], pass),
    ]);
    expect(found.map(({ serverId, role }) => [serverId, role])).toEqual([
      ['id-all01', 'services'],
      ['id-all01', 'application'],
    ]);
  });

  it('finds two different faults in one role, each against the healthy', () => {
    const found = differences([
      answering('app01', ['application'], fail('connect', 'refused')),
      answering('app02', ['application'], fail('tls', 'untrusted')),
      answering('app03', ['application'], pass),
    ]);
    expect(found.map(({ serverId, from }) => [serverId, from])).toEqual([
      ['id-app01', ['id-app03']],
      ['id-app02', ['id-app03']],
    ]);
  });

  it('takes what most answer as the measure, so the one that works is named when the others fail alike', () => {
    const found = differences([
      answering('app01', ['application'], fail('connect', 'timeout')),
      answering('app02', ['application'], fail('connect', 'timeout')),
      answering('app03', ['application'], pass),
    ]);
    expect(found.map(({ sentence }) => sentence)).toEqual([
      'app03 passes, app01 and app02 fail in connect (timeout).',
    ]);
  });

  it('leaves out servers without an answer and checks that were skipped', () => {
    expect(
      differences([
        answering('app01', ['application'], pass),
        answering('app02', ['application'], null),
        answering('app03', ['application'], { outcome: 'skipped', phase: null, code: null }),
      ]),
    ).toEqual([]);
  });

  it.each([
    [NAMED_SIBLINGS, 0, /h10, h11, .* and h9 pass\.$/, /h10、h11、.*、h9 は成功です。$/],
    [NAMED_SIBLINGS + 1, 1, /, h19 and 1 other pass\.$/, /、h19 ほか 1 台は成功です。$/],
    [1_000, 990, /, h19 and 990 others pass\.$/, /、h19 ほか 990 台は成功です。$/],
  ])('counts the siblings beyond those that it names: %d', (count, more, english, japanese) => {
    const all = Array.from({ length: count }, (_, n) =>
      answering(count === NAMED_SIBLINGS ? `h${n + 9}` : `h${n + 10}`, ['services'], pass),
    );
    const odd = answering('odd', ['services'], fail('connect', 'refused'));
    const [one] = differences([odd, ...all]);
    expect(one).toMatchObject({ siblings: count, sentence: expect.stringMatching(english) });
    expect(one?.from).toEqual(all.slice(0, count - more).map(({ serverId }) => serverId));
    expect(differences([odd, ...all], 'ja')[0]?.sentence).toMatch(japanese);
  });

  it('grows with the number of cells, and not with its square', () => {
    const lengthOf = (half: number) =>
      JSON.stringify(
        differences(
          Array.from({ length: 2 * half }, (_, n) =>
            answering(`host-${1_000 + n}`, ['services'], n < half ? pass : fail('connect', 'refused')),
          ),
        ),
      ).length;
    expect(lengthOf(400)).toBeLessThan(4.1 * lengthOf(100));
  });

  it('names the same cells whatever the order of the servers', () => {
    const siblings = [
      answering('a', ['application'], pass),
      answering('b', ['application'], fail('tls', 'reset')),
      answering('c', ['application'], { outcome: 'warn', phase: null, code: null }),
      answering('d', ['application'], fail('connect', 'refused')),
    ];
    const named = (all: Sibling[]) =>
      differences(all)
        .map(({ serverId }) => serverId)
        .sort();
    const expected = ['id-b', 'id-c', 'id-d'];
    expect(named(siblings)).toEqual(expected);
    expect(named(siblings.toReversed())).toEqual(expected);
  });
});
