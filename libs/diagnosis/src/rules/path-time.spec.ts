import { describe, expect, it } from 'vitest';
import type { CheckResult, FailureCode, Finding, Phase } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import type { ServerResults } from '../look.ts';
import { failing } from '../testing/faults.ts';
import { app, but, everywhere, svc } from '../testing/fixtures.ts';
import { connectOf, dnsOf, signedIn, SITE } from '../testing/healthy.ts';
import { type PastRound, withHistory } from '../testing/past.ts';
import { also } from '../testing/sign-in-steps.ts';
import { Seeded } from '../testing/seeded.ts';

const diagnose = (...servers: ServerResults[]): Finding[] => diagnoseSite({ site: SITE, servers });
const rules = (...servers: ServerResults[]): string[] => diagnose(...servers).map(({ rule }) => rule);
const taking = (server: ServerResults, phase: Phase, ms: number): ServerResults => ({
  ...server,
  results: server.results.map((result) => ({
    ...result,
    phases: [...result.phases.filter(({ name }) => name !== phase), { name: phase, ms }],
  })),
});
/** A server whose last rounds took so long in a phase. */
const took = (phase: Phase, newest: number, ...before: number[]): ServerResults => {
  const server = withHistory(
    taking(svc(), phase, newest),
    before.map(() => ({})),
  );
  const times = [...new Set(server.history?.map(({ at }) => at))].toSorted();
  return {
    ...server,
    history: (server.history ?? []).map((each) => ({
      ...each,
      phases: [
        ...each.phases.filter(({ name }) => name !== phase),
        { name: phase, ms: before[times.indexOf(each.at)] ?? 0 },
      ],
    })),
  };
};

describe('a phase that takes far longer than is usual', () => {
  it.each(['connect', 'tls', 'greet', 'authenticate'] as const)(
    'is told of by comparing with siblings: %s',
    (phase) => {
      const site = [taking(svc(), phase, 9_000), taking(svc('svc02'), phase, 300), taking(app(), phase, 300)];
      const findings = diagnose(...site);
      expect(findings).toMatchObject([{ rule: 'path.slow', owner: 'network', severity: 'warning' }]);
      expect(findings[0]?.summary).toContain('9.0 s, on siblings 0.3 s');
    },
  );

  it.each(['connect', 'tls', 'greet', 'authenticate'] as const)(
    'is told of by what it took before: %s',
    (phase) => {
      const [finding] = diagnose(took(phase, 9_000, 300, 310, 290, 9_100));
      expect(finding).toMatchObject({
        rule: 'path.slow',
        owner: phase === 'authenticate' ? 'microsoft' : 'network',
      });
      expect(finding?.summary).toContain('took 0.3 s before');
    },
  );

  it('is a moment in one round of several, and none where all are slow alike', () => {
    expect(rules(took('tls', 9_000, 300, 310, 290, 300))).toEqual([]);
    expect(rules(taking(svc(), 'tls', 9_000), taking(svc('svc02'), 'tls', 9_000))).toEqual([]);
  });

  it('is not told of below the floor, whatever the ratio, nor below the ratio, whatever the difference', () => {
    expect(rules(taking(svc(), 'tls', 2_000), taking(svc('svc02'), 'tls', 20))).toEqual([]);
    expect(rules(taking(svc(), 'greet', 20_000), taking(svc('svc02'), 'greet', 5_000))).toEqual([]);
  });

  it.each(['resolve', 'tls'] as const)(
    'is told of below the floor where every one of several takes so long: %s',
    (phase) => {
      const site = (ms: number) => [
        taking(also(svc(), signedIn('imap.mailbox', {}, 'orders@example.com')), phase, ms),
        taking(svc('svc02'), phase, 20),
        taking(app(), phase, 20),
      ];
      const rule = phase === 'resolve' ? 'resolve.slow' : 'path.slow';
      expect(diagnose(...site(900))).toMatchObject([{ rule, phase, scope: { servers: ['svc01'] } }]);
      expect(rules(...site(500))).toEqual([]);
      const once = but(svc(), 'imap.tls', (result) => ({ ...result, phases: [{ name: phase, ms: 900 }] }));
      expect(rules(once, svc('svc02'), app())).toEqual([]);
    },
  );

  it('is told of together with others, none of which is slow by itself', () => {
    const each = (names: readonly Phase[], ms: number) => (server: ServerResults) =>
      but(server, 'imap.mailbox', (result) => ({ ...result, phases: names.map((name) => ({ name, ms })) }));
    const four = each(['tls', 'greet', 'authenticate', 'open-mailbox'], 1_500);
    const quick = each(['tls', 'greet', 'authenticate', 'open-mailbox'], 20);
    expect(rules(four(svc()), quick(svc('svc02')))).toEqual(['path.slow']);
    expect(rules(each(['tls', 'greet'], 2_000)(svc()), quick(svc('svc02')))).toEqual([]);
    expect(
      rules(four(svc()), each(['tls', 'greet', 'authenticate', 'open-mailbox'], 400)(svc('svc02'))),
    ).toEqual([]);
  });

  it('says nothing of what Microsoft’s queues take', () => {
    const slow = (server: ServerResults, ms: number) => ({
      ...server,
      results: [...server.results, signedIn('mail.round-trip', { phases: [{ name: 'receive', ms }] })],
    });
    expect(rules(slow(svc(), 90_000), slow(svc('svc02'), 2_000))).toEqual([]);
  });
});

describe('a slow look-up', () => {
  const looking = (ms: number, own: number, server = svc()) =>
    taking(
      everywhere(
        { dns: { ...dnsOf(), ms, resolvers: dnsOf().resolvers?.map((each) => ({ ...each, ms: own })) } },
        server,
      ),
      'resolve',
      ms,
    );
  it('is slow by itself where it takes longer than programs wait', () => {
    const [finding] = diagnose(looking(3_000, 2_900));
    expect(finding).toMatchObject({ rule: 'resolve.slow', owner: 'dns' });
    expect(finding?.cause).toContain('192.0.2.53 itself');
  });
  it('is the system’s waiting where every resolver is quick', () => {
    expect(diagnose(looking(5_004, 4))[0]?.nextStep).toContain('nslookup');
  });
  it('is compared with siblings below that', () => {
    expect(rules(looking(1_900, 1_800), looking(20, 4, svc('svc02')))).toEqual(['resolve.slow']);
    expect(rules(looking(1_900, 1_800))).toEqual([]);
  });
  it.each([
    [1_200, ['path.latency']],
    [1_800, ['path.latency']],
    [3_000, ['path.latency', 'resolve.slow']],
  ])('on a path of 610 ms is what the path does, as long as it fits into a few trips: %d ms', (ms, told) => {
    const far = everywhere({ connect: connectOf(610) }, looking(ms, ms));
    const found = rules(far, looking(20, 4, svc('svc02')), looking(20, 4, app()));
    expect(found.toSorted()).toEqual(told);
  });
});

const PLACES = ['https.sign-in', 'https.exchange', 'smtp.submission', 'imap.tls', 'pop3.tls'] as const;
const LOST: readonly (readonly [Phase, FailureCode])[] = [
  ['resolve', 'timeout'],
  ['connect', 'timeout'],
  ['tls', 'timeout'],
  ['greet', 'timeout'],
];

const DOWN: PastRound = { 'imap.tls': ['connect', 'timeout'] };

/** So many rounds in which each check is lost with one chance in four, in a phase of its own each time. */
function lossy(seeded: Seeded, count: number): PastRound[] {
  return Array.from({ length: count }, (_, index) => {
    // Each round has its own: chance may not make one place fail alone.
    const sure = PLACES[index % PLACES.length] ?? 'imap.tls';
    return Object.fromEntries(
      PLACES.filter((place) => place === sure || seeded.next() < 0.15).map((place) => [
        place,
        seeded.pick(LOST as [(typeof LOST)[number], ...typeof LOST]),
      ]),
    );
  });
}

describe('several rounds', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'show loss, and no fault of what it happened to hit (seed %i)',
    (seed) => {
      const seeded = new Seeded(seed);
      const [hit = 'imap.tls'] = seeded.shuffled([...PLACES]);
      const [phase, code] = seeded.pick(LOST as [(typeof LOST)[number], ...typeof LOST]);
      const now = but(svc(), hit, (result): CheckResult =>
        failing(
          result,
          phase,
          code,
          phase === 'resolve' ? { dns: { addresses: [], error: 'timeout', ms: 9_000 } } : {},
        ),
      );
      const findings = diagnose(withHistory(now, lossy(seeded, 6)));
      expect(findings.map(({ rule }) => rule)).toEqual(['path.loss']);
      expect(findings[0]).toMatchObject({ owner: 'network' });
    },
  );

  it.each([
    ['connect', 'timeout'],
    ['connect', 'refused'],
    ['connect', 'unreachable'],
    ['tls', 'reset'],
    ['resolve', 'resolver-failed'],
  ] as const)('show a path that flaps, whether it is down now or not (%s %s)', (phase, code) => {
    const down = { 'imap.tls': [phase, code] } as const;
    const broken = but(svc(), 'imap.tls', (result) => failing(result, phase, code));
    for (const server of [
      withHistory(broken, [{}, down, {}, down, {}]),
      withHistory(svc(), [down, {}, down, {}, down]),
    ]) {
      const [finding, ...more] = diagnose(server);
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ rule: 'path.flapping', owner: 'network' });
      expect(finding?.evidence[0]).toMatch(/imap\.tls .*: [-+]{6}$/);
    }
  });

  it.each<[string, PastRound[], boolean]>([
    ['up for one round, as in between', [DOWN, {}, DOWN, {}, DOWN], true],
    ['up for two, and never as long before', [DOWN, {}, DOWN, {}, DOWN, {}], false],
    ['up for two, as long as in between', [DOWN, {}, {}, DOWN, {}, {}, DOWN, {}], true],
    ['up for three, and two before', [DOWN, {}, {}, DOWN, {}, {}, DOWN, {}, {}], false],
    ['up for long before it began', [{}, {}, {}, DOWN, {}, DOWN, {}], false],
  ])('are over when all is well for longer than it was between two failures: %s', (_, past, isTold) => {
    expect(rules(withHistory(svc(), past))).toEqual(isTold ? ['path.flapping'] : []);
  });

  it('of loss are over only when every place is well again', () => {
    const lost = { 'pop3.tls': ['connect', 'timeout'] } as const;
    expect(rules(withHistory(svc(), [DOWN, lost, {}, DOWN, lost]))).toEqual(['path.loss']);
    expect(rules(withHistory(svc(), [DOWN, {}, DOWN, lost, {}]))).toEqual([]);
  });

  it('leave a fault that came and stays, and one that came and went, to what it is', () => {
    const down = { 'imap.tls': ['connect', 'timeout'] } as const;
    const broken = but(svc(), 'imap.tls', (result) => failing(result, 'connect', 'timeout'));
    expect(rules(withHistory(broken, [{}, {}, {}, down, down]))).toEqual(['connect.timeout']);
    expect(rules(withHistory(svc(), [{}, {}, down, down, {}, {}]))).toEqual([]);
  });

  it('of a healthy server change nothing, and neither do too few', () => {
    expect(rules(withHistory(svc(), [{}, {}, {}, {}, {}]))).toEqual([]);
    const down = { 'imap.tls': ['connect', 'timeout'] } as const;
    expect(rules(withHistory(svc(), [down, {}]))).toEqual([]);
  });

  it('do not take what the other end refuses for the path', () => {
    const refused = { 'imap.mailbox': ['authenticate', 'denied'] } as const;
    expect(rules(withHistory(svc(), [refused, {}, refused, {}, refused]))).toEqual([]);
  });
});
