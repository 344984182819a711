import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { whyNoNamespaces } from './support/netns.ts';
import { Field, ODD_RESOLVERS, SIGN_IN_4, STALE_ADDRESS } from './support/netns-field.ts';
import { MAIL_4 } from './support/netns-site.ts';

const reason = await whyNoNamespaces();
const unless = reason === null ? '' : ` (skipped: ${reason})`;

const PROHIBITED = 'reject with icmpx type admin-prohibited';
const MICROSOFT = 'ip daddr 52.96.0.0/16';

// As the test of firewalls, it needs root and a kernel with network namespaces and nftables.
describe.skipIf(reason !== null)(
  `three ECE servers that look every minute, and a fault of one: told as one cause, and over when it is${unless}`,
  () => {
    const field = new Field();
    const { site } = field;
    const forbid = (rule: string) => site.forbid(field.faulty, rule);

    beforeAll(() => field.build());
    afterAll(() => site.remove());
    beforeEach(async () => {
      await site.heal();
      const before = await field.next();
      if (before.length > 0) throw new Error(`something is wrong before the fault: ${before.join('; ')}`);
    });

    const isSure = (seen: readonly string[]) =>
      seen.length > 0 && seen.every((line) => line.startsWith('open '));

    /** What is told after so many rounds with the fault, or as soon as it is sure. */
    async function told(rounds: number, cause: () => Promise<void>): Promise<string[]> {
      await site.heal();
      await cause();
      const seen = await field.round();
      return rounds === 1 || isSure(seen) ? seen : told(rounds - 1, cause);
    }

    /** What is left two rounds after everything was healed. */
    async function leftOver(): Promise<string[]> {
      await site.heal();
      const after = await field.round({ isHealed: true });
      return after.length === 0 ? after : field.round({ isHealed: true });
    }

    test.each<[string, () => Promise<void>, string]>([
      [
        'all of Microsoft’s 443 is barred, and the site’s own address on 443 is not: the port, once',
        () => forbid(`${MICROSOFT} tcp dport 443 reject with tcp reset`),
        'connect.port-closed 443: connect, network',
      ],
      [
        'a middlebox decrypts web, IMAP and POP3: its issuer, once',
        async () => {
          for (const port of [443, 993, 995]) await site.intercept(field.faulty, port);
        },
        'tls.untrusted CN=Corporate Inspection CA, O=Mailpath: tls, proxy',
      ],
      [
        'two names of sign-in are one destination: once',
        () => forbid(`ip daddr { ${SIGN_IN_4.join(', ')} } ${PROHIBITED}`),
        'connect.unreachable login.microsoftonline.com:443: connect, network',
      ],
      [
        'a stale address that is silent on one port and unreachable on another: the answer of the resolver',
        async () => {
          await site.resolveElsewhere(field.faulty, ODD_RESOLVERS.stale);
          await forbid(`ip daddr ${STALE_ADDRESS} tcp dport 993 ${PROHIBITED}`);
          await forbid(`ip daddr ${STALE_ADDRESS} drop`);
        },
        'resolve.other-answer outlook.office365.com: resolve, dns',
      ],
      [
        'a resolver that takes its time: the look-ups, though everything passes',
        () => site.resolveElsewhere(field.faulty, ODD_RESOLVERS.slow),
        'resolve.slow look-ups: resolve, dns',
      ],
      [
        'connections that are refused among others and accepted alone: a limit, and no closed port',
        () => forbid('tcp dport 993 ct state new numgen inc mod 65536 < 2 reject with tcp reset'),
        'connect.only-together together: connect, network',
      ],
      [
        'one address accepts connections and then nothing comes: that front end, and not the path',
        () => forbid(`ip daddr ${MAIL_4[0]} tcp dport { 587, 993, 995 } meta length > 100 drop`),
        `path.one-front-end ${MAIL_4[0]}: tls, network`,
      ],
      [
        'an answer that needs TCP 53, which is closed: the name, at the network team',
        () => site.resolveElsewhere(field.faulty, ODD_RESOLVERS.long),
        'resolve.name-fails outlook.office365.com: resolve, network',
      ],
    ])('%s', async (_, cause, finding) => {
      const [key = '', of = ''] = finding.split(/: (?=[a-z ]+, [a-z-]+$)/);
      expect(await told(2, cause)).toEqual([`open ${key} on ${field.faulty.link}: ${of}`]);
      expect(await leftOver()).toEqual([]);
    });

    test('packets that are lost now here and now there: loss, and none of the ports', async () => {
      await told(1, () => forbid('tcp dport 993 drop'));
      // The first of them was told as what it was in its round, which nobody could know better.
      expect(await told(1, () => forbid('tcp dport 995 drop'))).toEqual([
        `open path.loss loss on ${field.faulty.link}: connect, network`,
      ]);
      expect(await leftOver()).toEqual([]);
    });

    test('a server whose own line is cut says nothing: silent within three rounds', async () => {
      expect(await told(3, () => forbid(PROHIBITED))).toEqual([
        `open mailpath.server-silent ${field.faulty.link} on ${field.faulty.link}: no phase, server-administrator`,
      ]);
      expect(await leftOver()).toEqual([]);
    });
  },
);
