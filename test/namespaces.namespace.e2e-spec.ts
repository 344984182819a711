import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { whyNoNamespaces } from './support/netns.ts';
import { Rounds } from './support/netns-rounds.ts';
import { MAIL_4, MAIL_6, Site } from './support/netns-site.ts';

const reason = await whyNoNamespaces();
const unless = reason === null ? '' : ` (skipped: ${reason})`;
const PLACE = 'outlook.office365.com:993';

// One of the tests that not every machine can run: it needs root and a kernel with network namespaces and nftables.
describe.skipIf(reason !== null)(
  `three ECE servers behind a router, and a firewall that bars the way of one${unless}`,
  () => {
    const site = new Site();
    const rounds = new Rounds(site);

    beforeAll(() => site.build());
    afterAll(() => site.remove());
    beforeEach(() => rounds.next());

    const failed = (phase: string, code: string) => ({ outcome: 'fail', failure: { phase, code } });
    /** A client gets through, whether or not something is worth a warning. */
    const through = expect.stringMatching(/^(pass|warn)$/) as unknown;
    const attempt = (address: string, outcome: string) =>
      expect.objectContaining({ address, outcome }) as unknown;

    test('nothing is wrong at first: every check passes on every server', async () => {
      const all = await rounds.look(20, ['login', 'login-alias', 'exchange', 'smtp', 'imap', 'pop3']);
      expect(Object.keys(all)).toHaveLength(6);
      expect(Object.values(all).filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
      expect(await rounds.verdict(() => rounds.look(20))).toEqual(rounds.green());
    });

    test('a firewall that drops 993: IMAP waits for its connection in vain, POP3 is as well as ever', async () => {
      await site.forbid(rounds.faulty, 'tcp dport 993 drop');
      const { imap, pop3 } = await rounds.look(10);
      expect(imap).toMatchObject(failed('connect', 'timeout'));
      expect(imap?.evidence.connect?.attempts).toContainEqual(attempt(MAIL_4[0], 'timeout'));
      expect(pop3?.outcome).toBe('pass');
      const verdict = await rounds.verdict(() => rounds.look(10));
      expect(verdict).toEqual(rounds.open(`connect.timeout ${PLACE}`, 'network', 'C10'));
    });

    test('a firewall that answers 993 with a reset: refused, at every address', async () => {
      await site.forbid(rounds.faulty, 'tcp dport 993 reject with tcp reset');
      const { imap, pop3 } = await rounds.look(10);
      expect(imap).toMatchObject(failed('connect', 'refused'));
      for (const address of [...MAIL_4, ...MAIL_6]) {
        expect(imap?.evidence.connect?.attempts).toContainEqual(attempt(address, 'refused'));
      }
      expect(pop3?.outcome).toBe('pass');
      const verdict = await rounds.verdict(() => rounds.look(10));
      expect(verdict).toEqual(rounds.open(`connect.refused ${PLACE}`, 'network', 'C10'));
    });

    test('a firewall that answers 993 with ICMP: unreachable, at every address', async () => {
      await site.forbid(rounds.faulty, 'tcp dport 993 reject with icmpx type admin-prohibited');
      // Linux believes ICMPv6 that comes before connect() has returned only at its second SYN, one second later.
      const { imap, pop3 } = await rounds.look(10);
      expect(imap).toMatchObject(failed('connect', 'unreachable'));
      for (const address of [...MAIL_4, ...MAIL_6]) {
        expect(imap?.evidence.connect?.attempts).toContainEqual(attempt(address, 'unreachable'));
      }
      expect(pop3?.outcome).toBe('pass');
      const verdict = await rounds.verdict(() => rounds.look(10));
      expect(verdict).toEqual(rounds.open(`connect.unreachable ${PLACE}`, 'network', 'C10'));
    });

    test('only web traffic is let out: one cause for all mail ports', async () => {
      await site.forbid(rounds.faulty, 'tcp dport { 587, 993, 995 } reject with tcp reset');
      const { login, ...mail } = await rounds.look(10);
      expect(login?.outcome).toBe('pass');
      expect(Object.values(mail)).toMatchObject([1, 2, 3].map(() => failed('connect', 'refused')));
      const verdict = await rounds.verdict(() => rounds.look(10));
      expect(verdict).toEqual(rounds.open('connect.mail-ports mail ports', 'network', 'C10'));
    });

    test('nothing is let out but questions to the name server: the server is off the net', async () => {
      await site.forbid(rounds.faulty, 'meta l4proto tcp reject with tcp reset');
      const all = await rounds.look(10);
      expect(Object.values(all)).toMatchObject([1, 2, 3, 4].map(() => failed('connect', 'refused')));
      const verdict = await rounds.verdict(() => rounds.look(10));
      expect(verdict).toEqual(rounds.open('server.offline network', 'network', 'C9'));
    });

    test('a limit on connections: IMAP is refused among the others and passes alone', async () => {
      // As many as there are addresses, so that the first look gets none of them and the second is the next in turn.
      const limit = () =>
        site.forbid(
          rounds.faulty,
          'tcp dport 993 ct state new numgen inc mod 65536 < 4 reject with tcp reset',
        );
      await limit();
      const { imap, pop3 } = await rounds.look(10);
      expect(imap).toMatchObject(failed('connect', 'refused'));
      expect(pop3?.outcome).toBe('pass');
      const verdict = await rounds.verdict(async () => {
        await site.heal();
        await limit();
        await rounds.look(10);
      });
      expect(verdict).toEqual(rounds.open('connect.only-together together', 'network', 'C10'));
    });

    test('one address of several gets no answer: the client goes on with the next, and the dead one is told', async () => {
      await site.forbid(rounds.faulty, `ip6 daddr ${MAIL_6[0]} drop`);
      const { imap } = await rounds.look(10);
      expect(imap).toMatchObject({ outcome: through, failure: null });
      expect(imap?.evidence.connect?.attempts).toContainEqual(attempt(MAIL_6[0], 'timeout'));
      expect(imap?.evidence.connect?.used).not.toBe(MAIL_6[0]);
      const verdict = await rounds.verdict(() => rounds.look(10));
      expect(verdict).toEqual(rounds.open('connect.some-addresses Microsoft 365', 'network', 'C10'));
    });

    test('IPv6 that leads nowhere, with AAAA answers: mail goes over IPv4, and the dead family is told', async () => {
      await site.forbid(rounds.faulty, 'meta nfproto ipv6 drop');
      const { imap } = await rounds.look(10);
      expect(imap).toMatchObject({ outcome: through, failure: null });
      expect(MAIL_4).toContain(imap?.evidence.connect?.used);
      for (const address of MAIL_6) {
        expect(imap?.evidence.connect?.attempts).toContainEqual(attempt(address, 'timeout'));
      }
      const verdict = await rounds.verdict(() => rounds.look(10));
      expect(verdict).toEqual(rounds.open('connect.family-dead IPv6', 'network', 'C10'));
    });

    test('a server without a route for IPv6 takes IPv4, and nothing is wrong with that', async () => {
      const { namespace, net6 } = rounds.faulty;
      await namespace.ip6('route del default');
      try {
        const { imap } = await rounds.look(10);
        expect(imap).toMatchObject({ outcome: through, failure: null });
        expect(MAIL_4).toContain(imap?.evidence.connect?.used);
        // The fault of before is healed, and this is none.
        expect(await rounds.verdict(() => rounds.look(20))).toEqual(rounds.green());
      } finally {
        await namespace.ip6(`route add default via ${net6}:1`);
      }
    });
  },
);
