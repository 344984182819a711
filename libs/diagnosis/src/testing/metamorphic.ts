import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { CheckResult, Confidence, Finding } from '@mailpath/protocol';
import type { ServerResults } from '../look.ts';
import { ruleOf } from '../rules.ts';
import { changed, failing } from './faults.ts';
import { certificate, dnsOf, healthy, sections, tlsOf, wellAt } from './healthy.ts';
import { diagnose, site } from './sites.ts';

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

const PLACES = ['login', 'login-alias', 'exchange', 'smtp', 'imap', 'pop3'];
const SHOWN = [
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNSPECIFIED',
];

/** What holds of the diagnosis of any site, by comparing it with that of a site that differs in one respect. */
export const PROPERTIES: Readonly<Record<string, fc.IRawProperty<unknown>>> = {
  'a passing target of another class changes nothing': fc.property(
    fc.tuple(site, fc.subarray(OF_OTHER_CLASSES, { minLength: 1 })),
    ([servers, more]) => {
      const joined = servers.map((each) => ({ ...each, results: [...each.results, ...more] }));
      deepEqual(diagnose(joined).map(verdict), diagnose(servers).map(verdict));
    },
  ),
  'a further name of the same destination adds no finding': fc.property(site.map(apart), (servers) => {
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
    ok(diagnose(named).length <= diagnose(servers).length);
  }),
  'one device on the path is one finding, however many places show it': fc.property(
    fc.tuple(
      fc.subarray(PLACES, { minLength: 1 }),
      fc.constantFrom(...SHOWN),
      fc.integer({ min: 1, max: 3 }),
    ),
    ([places, distrust, count]) => {
      const tls = tlsOf({ trusted: false, distrust, chain: [certificate('CN=Corp CA')] });
      const servers = Array.from({ length: count }, (_, i) =>
        changed(
          healthy(`ece${i + 1}`, 'services'),
          ({ target }) => places.includes(target.name),
          (each) => failing(each, 'tls', 'untrusted', { tls }),
        ),
      );
      equal(diagnose(servers).length, 1);
    },
  ),
  'the order of servers and of results does not matter': fc.property(
    fc.tuple(site, fc.infiniteStream(fc.nat())),
    ([servers, lots]) => {
      const shuffled = <T>(items: readonly T[]): T[] =>
        items
          .map((item) => ({ item, lot: lots.next().value ?? 0 }))
          .toSorted((a, b) => a.lot - b.lot)
          .map(({ item }) => item);
      const other = shuffled(servers).map((each) => ({ ...each, results: shuffled(each.results) }));
      deepEqual(diagnose(other), diagnose(servers));
    },
  ),
  'a healthy server more changes nothing but "not everywhere"': fc.property(site, (servers) => {
    const about = ({ key, severity, scope: { servers: names, checks } }: Finding) => ({
      key,
      severity,
      names,
      checks,
    });
    const joined = [...servers, healthy('new1', 'services'), healthy('new2', 'application')];
    // Several servers show more of what is found by comparing.
    const told = (each: readonly ServerResults[]) =>
      diagnose(each).filter(({ rule }) => ruleOf(rule)?.comparesOnly !== true);
    const before = told(servers);
    const found = told(joined);
    // What only several servers show is not known before.
    const compared = found.filter(({ key }) => before.some((each) => each.key === key));
    deepEqual(
      compared.map(about),
      before.filter(({ key }) => found.some((each) => each.key === key)).map(about),
    );
    deepEqual(
      found.filter(({ scope }) => scope.servers.some((name) => name.startsWith('new'))),
      [],
    );
    deepEqual(
      found.filter(({ scope, params }) => scope.checks.length > 0 && params['everywhere'] === true),
      [],
    );
  }),
  'less evidence never raises confidence': fc.property(
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
          deepEqual([key, RANK[confidence]], [key, Math.min(RANK[confidence], RANK[known.confidence])]);
      }
    },
  ),
  'an answer that nobody knows never raises confidence': fc.property(
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
          deepEqual(
            [key, RANK[confidence] <= Math.max(...same.map((each) => RANK[each.confidence]))],
            [key, true],
          );
      }
    },
  ),
  'no sentence states what its own evidence contradicts': fc.property(site, (servers) => {
    deepEqual(
      diagnose(servers).filter(({ params }) => 'contradicted' in params),
      [],
    );
  }),
  'each failure is told once, as a cause or as what follows from one': fc.property(site, (servers) => {
    const told = diagnose(servers).flatMap(({ scope, consequences }) => [...scope.checks, ...consequences]);
    for (const { name, results } of servers)
      for (const { check, target, outcome } of results) {
        if (outcome !== 'fail') continue;
        const times = told.filter(
          (each) => each.server === name && each.check === check && each.target === target.name,
        );
        deepEqual([name, check, target.name, times.length], [name, check, target.name, 1]);
      }
  }),
};
