import type { Role } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import type { ServerResults } from './look.ts';
import type { RuleId } from './rules.ts';
import { extentOf } from './spread.ts';
import { causeOn, viewOf } from './testing/causes.ts';
import { changed, failing } from './testing/faults.ts';
import { healthy } from './testing/healthy.ts';

const isImap = ({ check }: { check: string }) => check === 'imap.tls';
const BROKEN = (server: ServerResults) =>
  changed(server, isImap, (each) => failing(each, 'connect', 'timeout'));
const OTHERWISE = (server: ServerResults) =>
  changed(server, isImap, (each) => failing(each, 'tls', 'untrusted'));
const WARNS = (server: ServerResults) =>
  changed(server, isImap, (each) => ({ ...each, outcome: 'warn' as const }));
const NOT_ASKED = (server: ServerResults) => ({
  ...server,
  results: server.results.filter((each) => !isImap(each)),
});

type Told = [name: string, roles: Role[], how: 'has' | 'passes' | 'warns' | 'otherwise' | 'not asked'];
const HOW = {
  has: BROKEN,
  passes: (server: ServerResults) => server,
  warns: WARNS,
  otherwise: OTHERWISE,
  'not asked': NOT_ASKED,
};

function extent(told: readonly Told[], rule: RuleId = 'connect.timeout', clue: object = {}) {
  const site = viewOf(told.map(([name, roles, how]) => HOW[how](healthy(name, ...roles))));
  const causes = told
    .filter(([, , how]) => how === 'has')
    .map(([name]) => causeOn(site, name, rule, isImap, clue));
  const { servers, witnesses, spread, kind, roles } = extentOf(causes, site);
  return [servers.map(({ name }) => name), witnesses.map(({ name }) => name), spread, kind, roles];
}

const S: Role[] = ['services'];
const A: Role[] = ['application'];
const BOTH: Role[] = ['services', 'application'];

describe('how far a cause reaches', () => {
  it.each<[string, Told[], unknown[]]>([
    ['one server alone', [['a', S, 'has']], [['a'], [], 'alone', 'server', []]],
    [
      'one of two, the other gets through',
      [
        ['a', S, 'has'],
        ['b', S, 'passes'],
      ],
      [['a'], ['b'], 'one', 'server', []],
    ],
    [
      'one of two, the other gets through with a warning',
      [
        ['a', S, 'has'],
        ['b', S, 'warns'],
      ],
      [['a'], ['b'], 'one', 'server', []],
    ],
    [
      'one that failed for another reason is no witness',
      [
        ['a', S, 'has'],
        ['b', S, 'otherwise'],
      ],
      [['a'], [], 'alone', 'server', []],
    ],
    [
      'one that was not asked is no witness',
      [
        ['a', S, 'has'],
        ['b', S, 'not asked'],
      ],
      [['a'], [], 'alone', 'server', []],
    ],
    [
      'two of three',
      [
        ['a', S, 'has'],
        ['b', S, 'has'],
        ['c', S, 'passes'],
      ],
      [['a', 'b'], ['c'], 'some', 'server', []],
    ],
    [
      'all of a site of one role',
      [
        ['a', S, 'has'],
        ['b', S, 'has'],
      ],
      [['a', 'b'], [], 'all', 'site', []],
    ],
    [
      'all of both roles',
      [
        ['a', S, 'has'],
        ['b', A, 'has'],
      ],
      [['a', 'b'], [], 'all', 'site', []],
    ],
    [
      'all that a role has, while the other gets through',
      [
        ['a', S, 'has'],
        ['b', S, 'has'],
        ['c', A, 'passes'],
      ],
      [['a', 'b'], ['c'], 'some', 'role', ['services']],
    ],
    [
      'all that a role has, while the other was not asked',
      [
        ['a', A, 'has'],
        ['b', A, 'has'],
        ['c', S, 'not asked'],
      ],
      [['a', 'b'], [], 'all', 'role', ['application']],
    ],
    [
      'the only one of its role is one server, and no role',
      [
        ['a', S, 'has'],
        ['b', A, 'passes'],
      ],
      [['a'], ['b'], 'one', 'server', []],
    ],
    [
      'not all of the role',
      [
        ['a', S, 'has'],
        ['b', S, 'has'],
        ['c', S, 'passes'],
        ['d', A, 'passes'],
      ],
      [['a', 'b'], ['c', 'd'], 'some', 'server', []],
    ],
    [
      'servers that share no role have none in common',
      [
        ['a', S, 'has'],
        ['b', A, 'has'],
        ['c', BOTH, 'passes'],
      ],
      [['a', 'b'], ['c'], 'some', 'server', []],
    ],
    [
      'servers of both roles have both',
      [
        ['a', BOTH, 'has'],
        ['b', BOTH, 'has'],
        ['c', S, 'not asked'],
      ],
      [['a', 'b'], [], 'all', 'site', []],
    ],
  ])('%s', (_name, told, expected) => {
    expect(extent(told)).toEqual(expected);
  });

  it('is the site for a cause of the tenant that one server alone could look at', () => {
    const told: Told[] = [
      ['a', S, 'has'],
      ['b', A, 'not asked'],
    ];
    expect(extent(told, 'token.secret')).toEqual([['a'], [], 'alone', 'site', []]);
    expect(extent(told, 'connect.timeout')).toEqual([['a'], [], 'alone', 'server', []]);
  });

  it('is one server for a cause of the tenant at a site of one, or where others get through', () => {
    expect(extent([['a', S, 'has']], 'token.secret')).toEqual([['a'], [], 'alone', 'server', []]);
    const told: Told[] = [
      ['a', S, 'has'],
      ['b', A, 'passes'],
    ];
    expect(extent(told, 'token.secret')).toEqual([['a'], ['b'], 'one', 'server', []]);
  });

  it('goes by what the rule says proves a server unaffected, and only by what got through there', () => {
    const told: Told[] = [
      ['a', S, 'has'],
      ['b', S, 'otherwise'],
    ];
    const any = { provesUnaffected: ({ check }: { check: string }) => check === 'pop3.tls' };
    expect(extent(told, 'connect.timeout', any)).toEqual([['a'], ['b'], 'one', 'server', []]);
    const failed = { provesUnaffected: isImap };
    expect(extent(told, 'connect.timeout', failed)).toEqual([['a'], [], 'alone', 'server', []]);
    const none = { provesUnaffected: () => false };
    expect(
      extent(
        [
          ['a', S, 'has'],
          ['b', S, 'passes'],
        ],
        'connect.timeout',
        none,
      ),
    ).toEqual([['a'], [], 'alone', 'server', []]);
  });
});
