import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { canDelay, whyNoNamespaces } from './support/netns.ts';
import { Rounds } from './support/netns-rounds.ts';
import { Site } from './support/netns-site.ts';

const reason = await whyNoNamespaces();
const unless = reason === null ? '' : ` (skipped: ${reason})`;
const delayed = reason === null && (await canDelay());
const unlessDelayed = delayed ? '' : ' (skipped: this machine has no TUN device or no Perl)';

// As the test of firewalls, it needs root and a kernel with network namespaces and nftables.
describe.skipIf(reason !== null)(
  `three ECE servers behind a router, and something on the way of one that changes what passes${unless}`,
  () => {
    const site = new Site();
    const rounds = new Rounds(site);

    beforeAll(() => site.build());
    afterAll(() => site.remove());
    beforeEach(() => rounds.next());

    const failed = (phase: string, code: string) => ({ outcome: 'fail', failure: { phase, code } });

    test('a middlebox that decrypts 993: its certificate is not trusted, and its issuer is named', async () => {
      await site.intercept(rounds.faulty, 993);
      const { imap, pop3 } = await rounds.look(10);
      expect(imap).toMatchObject({
        ...failed('tls', 'untrusted'),
        evidence: { tls: { trusted: false, distrust: 'SELF_SIGNED_CERT_IN_CHAIN' } },
      });
      expect(imap?.evidence.tls?.chain[0]?.issuer).toContain('Corporate Inspection CA');
      expect(pop3?.outcome).toBe('pass');
      const verdict = await rounds.verdict(() => rounds.look(10));
      expect(verdict).toEqual(
        rounds.open('tls.untrusted CN=Corporate Inspection CA, O=Mailpath', 'proxy', 'X6'),
      );
    });

    test('a middlebox that hides STARTTLS: said in the phase of STARTTLS, with what was offered', async () => {
      await site.intercept(rounds.faulty, 587);
      const { smtp, imap } = await rounds.look(10);
      expect(smtp).toMatchObject(failed('starttls', 'unexpected-reply'));
      expect(smtp?.evidence.smtp?.ehlo).toContain('XXXXXXXA');
      expect(imap?.outcome).toBe('pass');
      const verdict = await rounds.verdict(() => rounds.look(10));
      expect(verdict).toEqual(rounds.open('starttls.missing smtp.office365.com:587', 'network', 'X6'));
    });

    test('big packets vanish without a word (MTU black hole): connect and EHLO are good, TLS never comes', async () => {
      await site.forbid(rounds.faulty, 'meta length > 600 drop');
      await site.forbid(rounds.faulty, 'meta length > 600 drop', { reply: true });
      const { smtp, imap } = await rounds.look(3);
      expect(imap).toMatchObject(failed('tls', 'timeout'));
      expect(smtp).toMatchObject(failed('tls', 'timeout'));
      expect(smtp?.evidence.smtp?.ehlo).toContain('STARTTLS');
      const verdict = await rounds.verdict(() => rounds.look(3));
      expect(verdict).toEqual(rounds.open('tls.black-hole path MTU', 'network', 'X6'));
    });

    test.skipIf(!delayed)(
      `a link that takes 600 ms there and back: nothing is given up, and the way is told as slow${unlessDelayed}`,
      async () => {
        const undo = await site.delay(rounds.faulty, 300);
        try {
          const { smtp, imap } = await rounds.look(15);
          for (const result of [smtp, imap]) {
            expect(result).toMatchObject({ outcome: 'pass', failure: null });
            const { attempts = [], used } = result?.evidence.connect ?? {};
            expect(attempts.find(({ address }) => address === used)?.ms).toBeGreaterThan(550);
            expect(result?.evidence.dns?.unusual).toBeUndefined();
          }
          const verdict = await rounds.verdict(() => rounds.look(15));
          expect(verdict).toEqual(rounds.open('path.latency latency', 'network', 'C10'));
        } finally {
          await undo();
        }
      },
    );

    test('healed in the end: the site is green again', async () => {
      await rounds.look(20);
      expect(await rounds.verdict(() => rounds.look(20))).toEqual(rounds.green());
    });
  },
);
