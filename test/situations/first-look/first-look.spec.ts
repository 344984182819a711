import { describe, expect, it } from 'vitest';
import { RULES } from '@mailpath/diagnosis';
import type { Finding } from '@mailpath/protocol';
import { FaultBody } from '../../../apps/stand-in/src/control/fault-schema.ts';
import { ALL } from '../site.ts';
import { SITUATIONS } from '../situations.ts';
import { CLAIMS_OF_RULES } from './claims-of-rules.ts';
import { CLAIMS, type Claim } from './claim.ts';
import { FIRST_LOOK, SETS } from './first-look.ts';
import { judgeFirstLook } from './judge.ts';
import { both, type FirstLook, look, nothingToSay, type Said } from './situation.ts';

describe.each(Object.entries<readonly FirstLook[]>(SETS))('the first-look set %s', (_name, set) => {
  it('has thirty situations and more', () => {
    expect(set.length).toBeGreaterThanOrEqual(30);
  });

  it.each(set)(
    '$name: is said to someone, of servers there are, in claims there are',
    ({ expected, besides, because }) => {
      expect(because).not.toBe('');
      for (const each of besides ? [expected, besides] : [expected]) {
        const { servers, owner, says, mustNotSay } = each;
        expect(servers.filter((server) => !ALL.includes(server))).toEqual([]);
        expect(new Set(servers).size).toBe(servers.length);
        expect((servers.length === 0 && !besides) || Math.min(owner.length, says.length) > 0).toBe(true);
        expect([...says, ...mustNotSay].filter((claim) => !Object.hasOwn(CLAIMS, claim))).toEqual([]);
        const alsoSaid = besides ? [...expected.says, ...besides.says] : says;
        expect(alsoSaid.filter((claim) => mustNotSay.includes(claim))).toEqual([]);
      }
    },
  );
});

describe('all first-look situations', () => {
  it('are each of their own kind', () => {
    const names = [...SITUATIONS, ...FIRST_LOOK].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const faults = FIRST_LOOK.map((each) => JSON.stringify(each.faults));
    expect(new Set(faults).size).toBe(faults.length);
  });

  it('use no claim that no situation expects or forbids', () => {
    const used = new Set(
      FIRST_LOOK.flatMap(({ expected, besides }) =>
        [expected, ...(besides ? [besides] : [])].flatMap(({ says, mustNotSay }) => [...says, ...mustNotSay]),
      ),
    );
    expect(Object.keys(CLAIMS).filter((claim) => !used.has(claim as Claim))).toEqual([]);
  });

  it('bring about what the control interface of the stand-in accepts', () => {
    const played = FIRST_LOOK.flatMap(({ name, faults }) =>
      faults.flatMap(({ what }) => {
        if (typeof what === 'string' || !('at' in what)) return [];
        const isMail = what.meets.id === 'mail-answer';
        const { error } = FaultBody.safeParse({ ...what.meets, ...(isMail ? { service: what.at } : {}) });
        return error ? [`${name}: ${error.message}`] : [];
      }),
    );
    expect(played).toEqual([]);
  });
});

describe('the claims of rules', () => {
  it('are said for every rule, and for none that there is not', () => {
    expect(Object.keys(CLAIMS_OF_RULES).toSorted()).toEqual(RULES.map(({ id }) => id as string).toSorted());
  });
});

describe('the judge of first-look situations', () => {
  const SAID: Said = {
    on: ['svc01'],
    phase: ['tls', 'greet'],
    owner: ['network', 'proxy'],
    says: 'tls-weak',
  };
  const situation: FirstLook = look('one', 'because', [], { ...SAID, not: 'clock-wrong' });
  const right = finding({});
  const claimsOf = ({ params }: Finding): Claim[] => params['claims'] as Claim[];
  const judged = (...findings: Finding[]) => judgeFirstLook(situation, findings, claimsOf);

  it('takes one finding that says what is to be said, with information beside it', () => {
    expect(judged(right)).toMatchObject({ right: true });
    expect(judged(finding({ severity: 'info', params: { claims: [] } }), right)).toMatchObject({
      right: true,
    });
  });

  it.each([
    ['servers', finding({ scope: { kind: 'server', servers: ['svc02'], checks: [] } })],
    ['phase', finding({ phase: 'connect' })],
    ['phase', finding({ phase: null })],
    ['owner', finding({ owner: 'dns' })],
    ['says', finding({ params: { claims: ['tls-self-signed'] } })],
  ])('sees wrong %s', (what, wrong) => {
    expect(judged(wrong)).toMatchObject({ right: false, [what]: false });
  });

  it('wants one finding, no more and no less, and nothing that must not be said', () => {
    expect(judged()).toMatchObject({ right: false, one: false, servers: false });
    expect(judged(right, right)).toMatchObject({ right: false, one: false, says: true });
    const both = finding({ params: { claims: ['tls-weak', 'clock-wrong'] } });
    expect(judged(both)).toMatchObject({ right: false, silent: false, says: true });
  });

  it('wants a finding of its own for each of two faults, in whatever order', () => {
    const second = { ...SAID, on: ['app01'] as const, says: 'clock-wrong' as const };
    const two = both('two', 'because', [], [SAID, second]);
    const other = finding({
      scope: { kind: 'server', servers: ['app01'], checks: [] },
      params: { claims: ['clock-wrong'] },
    });
    const verdict = (...findings: Finding[]) => judgeFirstLook(two, findings, claimsOf);
    expect(verdict(right, other)).toMatchObject({ right: true });
    expect(verdict(other, right)).toMatchObject({ right: true });
    expect(verdict(right)).toMatchObject({ right: false, one: false, servers: false });
    expect(verdict(right, right)).toMatchObject({ right: false, one: true, servers: false, says: false });
    expect(verdict(right, other, other)).toMatchObject({ right: false, one: false, says: true });
  });

  it('wants nothing but information where all is well', () => {
    const quiet = nothingToSay('well', 'because', []);
    const info = finding({ severity: 'info' });
    expect(judgeFirstLook(quiet, [], claimsOf)).toMatchObject({ right: true });
    expect(judgeFirstLook(quiet, [info], claimsOf)).toMatchObject({ right: true });
    expect(judgeFirstLook(quiet, [info, right], claimsOf)).toMatchObject({ right: false, one: false });
  });

  function finding(more: object): Finding {
    return {
      severity: 'error',
      phase: 'tls',
      owner: 'proxy',
      scope: { kind: 'server', servers: ['svc01'], checks: [] },
      params: { claims: ['tls-weak'] },
      ...more,
    } as unknown as Finding;
  }
});
