import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckResult, Confidence, Finding, Role } from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import type { ServerResults } from './look.ts';
import { SITUATIONS } from './rules/situations.ts';
import { changed, failing, FAULTS } from './testing/faults.ts';
import { certificate, dnsOf, healthy, sections, SITE, tlsOf, wellAt } from './testing/healthy.ts';

/** The same in every run, so that nobody's change fails on what another one brought about; a new one each time looks farther. */
const FIXED = { seed: 20_261_127, numRuns: 1_000 };
const ANEW = { seed: Math.floor(Math.random() * 2 ** 31), numRuns: 200 };

const diagnose = (servers: readonly ServerResults[]): Finding[] => diagnoseSite({ site: SITE, servers });
const ROLES: readonly Role[][] = [['services'], ['application'], ['services', 'application']];
const FAULT_KEYS = Object.keys(FAULTS);

const server = (name: string): fc.Arbitrary<ServerResults> =>
  fc
    .record({
      roles: fc.constantFrom(...ROLES),
      fault: fc.option(fc.constantFrom(...FAULT_KEYS), { freq: 3 }),
      situation: fc.option(fc.constantFrom(...Object.values(SITUATIONS)), { freq: 2 }),
    })
    .map(({ roles, fault, situation }) => {
      const [own] = fault === null ? (situation?.servers ?? []) : [];
      if (own) return { ...own, name };
      const well = healthy(name, ...roles);
      return fault === null ? well : (FAULTS[fault]?.(well) ?? well);
    });
/** Sites of one to three servers, each healthy, with a fault, or in the situation of a rule. */
const site = fc
  .integer({ min: 1, max: 3 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => server(`ece${i + 1}`))))
  .map((servers): readonly ServerResults[] => servers);

function holds<T>(name: string, arbitrary: fc.Arbitrary<T>, property: (value: T) => void): void {
  describe(name, () => {
    it.each([FIXED, ANEW])('with seed $seed, in $numRuns cases', (runs) => {
      fc.assert(fc.property(arbitrary, property), runs);
    });
  });
}

/** What is told, without the results that it rests on. */
const verdict = ({ key, severity, confidence, owner, scope, summary, cause, nextStep }: Finding) => ({
  key,
  severity,
  confidence,
  owner,
  servers: scope.servers,
  summary,
  cause,
  nextStep,
});
const RANK: Record<Confidence, number> = { certain: 2, likely: 1, possible: 0 };

const own = (check: string, name: string, host: string, port: number): CheckResult => ({
  ...wellAt('login'),
  check,
  target: { name, host, port },
  evidence: sections({ dns: dnsOf(['10.1.1.1']) }),
});
const OF_OTHER_CLASSES = [
  own('https.external-url', 'ece', 'ece.example.com', 443),
  own('tcp.connect', 'relay', 'relay.example.com', 587),
  own('tls.handshake', 'archive', 'archive.example.com', 993),
  own('https.reach', 'intranet', 'intranet.example.com', 443),
];

holds(
  'a passing target of another class changes nothing',
  fc.tuple(site, fc.subarray(OF_OTHER_CLASSES, { minLength: 1 })),
  ([servers, more]) => {
    const joined = servers.map((each) => ({ ...each, results: [...each.results, ...more] }));
    expect(diagnose(joined).map(verdict)).toEqual(diagnose(servers).map(verdict));
  },
);

/** Names as they are in the field: each host has an address of its own. */
const apart = (servers: readonly ServerResults[]): ServerResults[] =>
  servers.map((each) => ({
    ...each,
    results: each.results.map((result) =>
      (result.evidence.dns?.addresses.length ?? 0) > 0
        ? {
            ...result,
            evidence: sections(result.evidence, { dns: dnsOf([`52.96.7.${result.target.host.length}`]) }),
          }
        : result,
    ),
  }));

holds('a further name of the same destination adds no finding', site.map(apart), (servers) => {
  const named = servers.map((each) => ({
    ...each,
    results: each.results.flatMap((result) =>
      result.check === 'https.sign-in' && (result.evidence.dns?.addresses.length ?? 0) > 0
        ? [
            result,
            {
              ...result,
              id: `${result.id.slice(0, -1)}f`,
              target: { ...result.target, name: 'login-3', host: 'login.windows.net' },
            },
          ]
        : [result],
    ),
  }));
  expect(diagnose(named).length).toBeLessThanOrEqual(diagnose(servers).length);
});

const PLACES = ['login', 'login-alias', 'exchange', 'smtp', 'imap', 'pop3'];
const SHOWN = [
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNSPECIFIED',
];
holds(
  'one device on the path is one finding, however many places show it',
  fc.tuple(fc.subarray(PLACES, { minLength: 1 }), fc.constantFrom(...SHOWN), fc.integer({ min: 1, max: 3 })),
  ([places, distrust, count]) => {
    const tls = tlsOf({ trusted: false, distrust, chain: [certificate('CN=Corp CA')] });
    const servers = Array.from({ length: count }, (_, i) =>
      changed(
        healthy(`ece${i + 1}`, 'services'),
        ({ target }) => places.includes(target.name),
        (each) => failing(each, 'tls', 'untrusted', { tls }),
      ),
    );
    expect(diagnose(servers)).toHaveLength(1);
  },
);

holds(
  'the order of servers and of results does not matter',
  fc.tuple(site, fc.infiniteStream(fc.nat())),
  ([servers, lots]) => {
    const shuffled = <T>(items: readonly T[]): T[] =>
      items
        .map((item) => ({ item, lot: lots.next().value ?? 0 }))
        .toSorted((a, b) => a.lot - b.lot)
        .map(({ item }) => item);
    const other = shuffled(servers).map((each) => ({ ...each, results: shuffled(each.results) }));
    expect(diagnose(other)).toEqual(diagnose(servers));
  },
);

holds('a healthy server more changes nothing but "not everywhere"', site, (servers) => {
  const about = ({ key, severity, scope: { servers: names, checks } }: Finding) => ({
    key,
    severity,
    names,
    checks,
  });
  const joined = [...servers, healthy('new1', 'services'), healthy('new2', 'application')];
  const before = diagnose(servers);
  const found = diagnose(joined);
  // What only several servers show is not known before.
  const compared = found.filter(({ key }) => before.some((each) => each.key === key));
  expect(compared.map(about)).toEqual(
    before.filter(({ key }) => found.some((each) => each.key === key)).map(about),
  );
  expect(found.filter(({ scope }) => scope.servers.some((name) => name.startsWith('new')))).toEqual([]);
  expect(
    found.filter(({ scope, params }) => scope.checks.length > 0 && params['everywhere'] === true),
  ).toEqual([]);
});

holds(
  'less evidence never raises confidence',
  fc.tuple(site, fc.nat(), fc.constantFrom('tls', 'dns', 'connect', 'clock', 'claims', 'smtp', 'imap')),
  ([servers, which, section]) => {
    const less = servers.map((each) => ({
      ...each,
      results: each.results.map((result, i) => {
        if (i !== which % each.results.length) return result;
        const { [section]: _, ...evidence } = result.evidence;
        return { ...result, evidence };
      }),
    }));
    const before = new Map(diagnose(servers).map((each) => [each.key, each]));
    for (const { key, confidence } of diagnose(less)) {
      const known = before.get(key);
      if (known)
        expect([key, RANK[confidence]]).toEqual([key, Math.min(RANK[confidence], RANK[known.confidence])]);
    }
  },
);

holds(
  'an answer that nobody knows never raises confidence',
  fc.tuple(
    site,
    fc.constantFrom(
      'AADSTS599999: as nobody knows it.',
      'NO As nobody knows it.',
      '550 5.9.99 As nobody knows it.',
    ),
  ),
  ([servers, line]) => {
    const unknown = servers.map((each) =>
      changed(
        each,
        ({ failure }) => failure?.code === 'denied',
        (result) => {
          const { token, login, mailbox, submission } = result.evidence;
          return {
            ...result,
            evidence: sections(result.evidence, {
              ...(token ? { token: { ...token, aadsts: 599_999, description: line } } : {}),
              ...(login ? { login: { ...login, reply: line } } : {}),
              ...(mailbox ? { mailbox: { ...mailbox, reply: line } } : {}),
              ...(submission ? { submission: { data: line } } : {}),
            }),
          };
        },
      ),
    );
    const before = diagnose(servers);
    for (const { scope, confidence, key } of diagnose(unknown)) {
      const same = before.filter((each) =>
        each.scope.checks.some((part) =>
          scope.checks.some(
            (own) => own.server === part.server && own.check === part.check && own.target === part.target,
          ),
        ),
      );
      if (same.length > 0)
        expect([key, RANK[confidence] <= Math.max(...same.map((each) => RANK[each.confidence]))]).toEqual([
          key,
          true,
        ]);
    }
  },
);

holds('no sentence states what its own evidence contradicts', site, (servers) => {
  expect(diagnose(servers).filter(({ params }) => 'contradicted' in params)).toEqual([]);
});

holds('each failure is told once, as a cause or as what follows from one', site, (servers) => {
  const told = diagnose(servers).flatMap(({ scope, consequences }) => [...scope.checks, ...consequences]);
  for (const { name, results } of servers)
    for (const { check, target, outcome } of results) {
      if (outcome !== 'fail') continue;
      const times = told.filter(
        (each) => each.server === name && each.check === check && each.target === target.name,
      );
      expect([name, check, target.name, times.length]).toEqual([name, check, target.name, 1]);
    }
});
