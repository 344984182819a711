import type { CheckResult } from '@mailpath/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { canDelay, whyNoNamespaces } from './support/netns.ts';
import type { EceServer } from './support/netns-site.ts';
import { MAIL_4, MAIL_6, RESOLVERS, Site, WRONG_ADDRESS, WRONG_NAME } from './support/netns-site.ts';

const reason = await whyNoNamespaces();
const unless = reason === null ? '' : ` (skipped: ${reason})`;
const delayed = reason === null && (await canDelay());
const unlessDelayed = delayed ? '' : ' (skipped: this machine has no TUN device or no Perl)';

// The one test that not every machine can run: it needs root and a kernel with network namespaces and nftables.
describe.skipIf(reason !== null)(
  `three ECE servers behind a router, one with a fault on its way${unless}`,
  () => {
    const site = new Site();
    let turn = 0;
    let faulty: EceServer;

    beforeAll(() => site.build());
    afterAll(() => site.remove());
    beforeEach(async () => {
      await site.heal();
      // Each server has its turn: no fault is bound to a place.
      faulty = site.servers[turn++ % site.servers.length] as EceServer;
    });

    /** What a check of all three at once says of the one with the fault, by target. The others must not notice anything. */
    async function look(only: string, seconds = 4): Promise<Record<string, CheckResult>> {
      const reports = await Promise.all(site.servers.map((each) => site.check(each, only, seconds)));
      const healthy = reports.filter((_, index) => site.servers[index] !== faulty);
      for (const { results } of healthy) {
        expect(results).toHaveLength(only.split(',').length);
        expect(results.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
      }
      const results = reports[site.servers.indexOf(faulty)]?.results ?? [];
      // A second look at a failed check follows its first one.
      const first = results.filter(({ repeats }) => repeats === null);
      return Object.fromEntries(first.map((result) => [result.target.name, result]));
    }

    const failed = (phase: string, code: string) => ({ outcome: 'fail', failure: { phase, code } });
    /** A client gets through, whether or not something is worth a warning. */
    const through = expect.stringMatching(/^(pass|warn)$/) as unknown;
    const attempt = (address: string, outcome: string) =>
      expect.objectContaining({ address, outcome }) as unknown;

    test('nothing is wrong at first: every check passes on every server', async () => {
      const all = await look('login,login-alias,exchange,smtp,imap,pop3', 6);
      expect(Object.keys(all)).toHaveLength(6);
      expect(Object.values(all).filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    });

    test('a firewall that drops 993: IMAP waits for its connection in vain, POP3 is as well as ever', async () => {
      await site.forbid(faulty, 'tcp dport 993 drop');
      const { imap, pop3 } = await look('imap,pop3');
      expect(imap).toMatchObject(failed('connect', 'timeout'));
      expect(imap?.evidence.connect?.attempts).toContainEqual(attempt(MAIL_4[0], 'timeout'));
      expect(pop3?.outcome).toBe('pass');
    });

    test('a firewall that answers 993 with a reset: refused, at every address', async () => {
      await site.forbid(faulty, 'tcp dport 993 reject with tcp reset');
      const { imap, pop3 } = await look('imap,pop3');
      expect(imap).toMatchObject(failed('connect', 'refused'));
      for (const address of [...MAIL_4, ...MAIL_6]) {
        expect(imap?.evidence.connect?.attempts).toContainEqual(attempt(address, 'refused'));
      }
      expect(pop3?.outcome).toBe('pass');
    });

    test('a firewall that answers 993 with ICMP: unreachable, at every address', async () => {
      await site.forbid(faulty, 'tcp dport 993 reject with icmpx type admin-prohibited');
      // Linux believes ICMPv6 that comes before connect() has returned only at its second SYN, one second later.
      const { imap, pop3 } = await look('imap,pop3', 10);
      expect(imap).toMatchObject(failed('connect', 'unreachable'));
      for (const address of [...MAIL_4, ...MAIL_6]) {
        expect(imap?.evidence.connect?.attempts).toContainEqual(attempt(address, 'unreachable'));
      }
      expect(pop3?.outcome).toBe('pass');
    });

    test('one address of several gets no answer: the client goes on with the next, and the dead one is told', async () => {
      await site.forbid(faulty, `ip6 daddr ${MAIL_6[0]} drop`);
      const { imap } = await look('imap', 6);
      expect(imap).toMatchObject({ outcome: through, failure: null });
      expect(imap?.evidence.connect?.attempts).toContainEqual(attempt(MAIL_6[0], 'timeout'));
      expect(imap?.evidence.connect?.used).not.toBe(MAIL_6[0]);
    });

    test('IPv6 that leads nowhere, with AAAA answers: mail goes over IPv4, and the dead family is told', async () => {
      await site.forbid(faulty, 'meta nfproto ipv6 drop');
      const { imap } = await look('imap', 6);
      expect(imap).toMatchObject({ outcome: through, failure: null });
      expect(MAIL_4).toContain(imap?.evidence.connect?.used);
      for (const address of MAIL_6) {
        expect(imap?.evidence.connect?.attempts).toContainEqual(attempt(address, 'timeout'));
      }
    });

    test('a server without a route for IPv6 takes IPv4', async () => {
      await faulty.namespace.ip6('route del default');
      try {
        const { imap } = await look('imap');
        expect(imap).toMatchObject({ outcome: through, failure: null });
        expect(MAIL_4).toContain(imap?.evidence.connect?.used);
      } finally {
        await faulty.namespace.ip6(`route add default via ${faulty.net6}:1`);
      }
    });

    test.each([
      ['that says the name does not exist', RESOLVERS.nxdomain, 'not-found', 'nxdomain'],
      ['that answers SERVFAIL', RESOLVERS.servfail, 'resolver-failed', 'servfail'],
      ['that is dead', RESOLVERS.dead, 'timeout', 'timeout'],
    ])(
      'a resolver %s: the name is where it breaks, and who said so is told',
      async (_, resolver, code, status) => {
        site.resolveBy(faulty.namespace, resolver);
        const { imap } = await look('imap');
        expect(imap).toMatchObject({ ...failed('resolve', code), evidence: { dns: { addresses: [] } } });
        expect(imap?.evidence.dns?.resolvers).toMatchObject([{ server: resolver, a: { status } }]);
        expect(imap?.evidence.connect).toBeUndefined();
      },
    );

    test('the first of two resolvers is dead: the check passes, later, and the dead one is named', async () => {
      site.resolveBy(faulty.namespace, RESOLVERS.dead, RESOLVERS.good);
      const { imap } = await look('imap', 12);
      expect(imap).toMatchObject({ outcome: through, failure: null });
      expect(imap?.evidence.dns?.ms).toBeGreaterThan(900);
      expect(imap?.evidence.dns?.resolvers).toMatchObject([
        { server: RESOLVERS.dead, a: { status: 'timeout', records: [] } },
        { server: RESOLVERS.good, a: { status: 'answer', records: MAIL_4 } },
      ]);
    });

    test('a resolver that gives a private address for one name: that name fails there, the other does not', async () => {
      site.resolveBy(faulty.namespace, RESOLVERS.wrong);
      const { imap, smtp } = await look('imap,smtp');
      expect(imap).toMatchObject(failed('connect', 'unreachable'));
      expect(imap?.evidence.dns?.addresses).toEqual([WRONG_ADDRESS]);
      expect(imap?.evidence.dns?.unusual).toEqual([`${WRONG_ADDRESS} private`]);
      expect(smtp?.outcome).toBe('pass');
    });

    test('a stale entry in the hosts file: the address tried is the file’s', async () => {
      faulty.namespace.etc('hosts', `127.0.0.1 localhost\n${WRONG_ADDRESS} ${WRONG_NAME}\n`);
      const { imap, smtp } = await look('imap,smtp');
      expect(imap).toMatchObject(failed('connect', 'unreachable'));
      expect(imap?.evidence.dns?.addresses).toEqual([WRONG_ADDRESS]);
      // The name servers know better: the difference is the finding.
      expect(imap?.evidence.dns?.resolvers).toMatchObject([{ a: { status: 'answer', records: MAIL_4 } }]);
      expect(smtp?.outcome).toBe('pass');
    });

    test('a middlebox that decrypts 993: its certificate is not trusted, and its issuer is named', async () => {
      await site.intercept(faulty, 993);
      const { imap, pop3 } = await look('imap,pop3');
      expect(imap).toMatchObject({
        ...failed('tls', 'untrusted'),
        evidence: { tls: { trusted: false, distrust: 'SELF_SIGNED_CERT_IN_CHAIN' } },
      });
      expect(imap?.evidence.tls?.chain[0]?.issuer).toContain('Corporate Inspection CA');
      expect(pop3?.outcome).toBe('pass');
    });

    test('a middlebox that hides STARTTLS: said in the phase of STARTTLS, with what was offered', async () => {
      await site.intercept(faulty, 587);
      const { smtp, imap } = await look('smtp,imap');
      expect(smtp).toMatchObject(failed('starttls', 'unexpected-reply'));
      expect(smtp?.evidence.smtp?.ehlo).toContain('XXXXXXXA');
      expect(imap?.outcome).toBe('pass');
    });

    test('big packets vanish without a word (MTU black hole): connect and EHLO are good, TLS never comes', async () => {
      await site.forbid(faulty, 'meta length > 600 drop');
      await site.forbid(faulty, 'meta length > 600 drop', { reply: true });
      const { smtp, imap } = await look('smtp,imap');
      expect(imap).toMatchObject(failed('tls', 'timeout'));
      expect(smtp).toMatchObject(failed('tls', 'timeout'));
      expect(smtp?.evidence.smtp?.ehlo).toContain('STARTTLS');
    });

    test.skipIf(!delayed)(
      `a link that takes 600 ms there and back: nothing is given up${unlessDelayed}`,
      async () => {
        const undo = await site.delay(faulty, 300);
        try {
          const { smtp, imap } = await look('smtp,imap', 15);
          for (const result of [smtp, imap]) {
            expect(result).toMatchObject({ outcome: through, failure: null });
            const { attempts = [], used } = result?.evidence.connect ?? {};
            expect(attempts.find(({ address }) => address === used)?.ms).toBeGreaterThan(550);
            expect(result?.evidence.dns?.unusual).toBeUndefined();
          }
        } finally {
          await undo();
        }
      },
    );
  },
);
