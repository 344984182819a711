import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { whyNoNamespaces } from './support/netns.ts';
import { Rounds } from './support/netns-rounds.ts';
import { MAIL_4, RESOLVERS, Site, WRONG_ADDRESS, WRONG_NAME } from './support/netns-site.ts';

const reason = await whyNoNamespaces();
const unless = reason === null ? '' : ` (skipped: ${reason})`;

// As the test of firewalls, it needs root and a kernel with network namespaces and nftables.
describe.skipIf(reason !== null)(
  `three ECE servers behind a router, and a resolver that misleads one${unless}`,
  () => {
    const site = new Site();
    const rounds = new Rounds(site);

    beforeAll(() => site.build());
    afterAll(() => site.remove());
    beforeEach(() => rounds.next());

    const failed = (phase: string, code: string) => ({ outcome: 'fail', failure: { phase, code } });

    test.each([
      [
        'that says the name does not exist',
        RESOLVERS.nxdomain,
        'not-found',
        'nxdomain',
        `resolve.not-found ${WRONG_NAME}`,
      ],
      [
        'that answers SERVFAIL',
        RESOLVERS.servfail,
        'resolver-failed',
        'servfail',
        `resolve.name-fails ${WRONG_NAME}`,
      ],
      ['that is dead', RESOLVERS.dead, 'timeout', 'timeout', 'resolve.no-answer resolver'],
    ])(
      'a resolver %s: the name is where it breaks, and who said so is told',
      async (_, resolver, code, status, key) => {
        site.resolveBy(rounds.faulty.namespace, resolver);
        const { imap } = await rounds.look(4);
        expect(imap).toMatchObject({ ...failed('resolve', code), evidence: { dns: { addresses: [] } } });
        expect(imap?.evidence.dns?.resolvers).toMatchObject([{ server: resolver, a: { status } }]);
        expect(imap?.evidence.connect).toBeUndefined();
        const verdict = await rounds.verdict(() => rounds.look(4));
        expect(verdict).toEqual(rounds.open(key, 'dns', 'C9'));
      },
    );

    test('the first of two resolvers is dead: the check passes, later, and the dead one is named', async () => {
      site.resolveBy(rounds.faulty.namespace, RESOLVERS.dead, RESOLVERS.good);
      const { imap } = await rounds.look(12);
      expect(imap).toMatchObject({ outcome: 'pass', failure: null });
      expect(imap?.evidence.dns?.ms).toBeGreaterThan(900);
      expect(imap?.evidence.dns?.resolvers).toMatchObject([
        { server: RESOLVERS.dead, a: { status: 'timeout', records: [] } },
        { server: RESOLVERS.good, a: { status: 'answer', records: MAIL_4 } },
      ]);
      const verdict = await rounds.verdict(() => rounds.look(12));
      expect(verdict).toEqual(rounds.open(`resolve.one-resolver ${RESOLVERS.dead}`, 'dns', 'C9'));
    });

    test('a resolver that gives a private address for one name: that name fails there, the other does not', async () => {
      site.resolveBy(rounds.faulty.namespace, RESOLVERS.wrong);
      const { imap, smtp } = await rounds.look(6);
      expect(imap).toMatchObject(failed('connect', 'unreachable'));
      expect(imap?.evidence.dns?.addresses).toEqual([WRONG_ADDRESS]);
      expect(imap?.evidence.dns?.unusual).toEqual([`${WRONG_ADDRESS} private`]);
      expect(smtp?.outcome).toBe('pass');
      const verdict = await rounds.verdict(() => rounds.look(6));
      expect(verdict).toEqual(rounds.open('resolve.unusual-address 10.0.0.5 private', 'dns', 'C9'));
    });

    test('a stale entry in the hosts file: the address tried is the file’s', async () => {
      rounds.faulty.namespace.etc('hosts', `127.0.0.1 localhost\n${WRONG_ADDRESS} ${WRONG_NAME}\n`);
      const { imap, smtp } = await rounds.look(6);
      expect(imap).toMatchObject(failed('connect', 'unreachable'));
      expect(imap?.evidence.dns?.addresses).toEqual([WRONG_ADDRESS]);
      // The name servers know better: the difference is the finding.
      expect(imap?.evidence.dns?.resolvers).toMatchObject([{ a: { status: 'answer', records: MAIL_4 } }]);
      expect(smtp?.outcome).toBe('pass');
      const verdict = await rounds.verdict(() => rounds.look(6));
      expect(verdict).toEqual(rounds.open('resolve.hosts-entry 10.0.0.5', 'server-administrator', 'C9'));
    });

    test('healed in the end: the site is green again', async () => {
      await rounds.look(20);
      expect(await rounds.verdict(() => rounds.look(20))).toEqual(rounds.green());
    });
  },
);
