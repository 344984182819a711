import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runLeased } from '@mailpath/checks';
import { makeTestCa, type TestCa } from '@mailpath/checks/testing';
import { CheckResult, type Lease, type Task } from '@mailpath/protocol';
import { type DebianMail, noDebianMail, startDebianMail } from './support/debian-mail.ts';

const reason = noDebianMail();
const unless = reason === null ? '' : ` (skipped: ${reason})`;

const SALES = 'sales@example.test';
const SUPPORT = 'support@example.test';
/** Of the form and length of an access token of Entra ID; nothing in it is looked at here. */
const TOKEN = `eyJ0eXAiOiJKV1QifQ.${'c2FsZXM'.repeat(200)}.signature`;

// Servers that nobody here wrote: what holds for our own stand-in must hold for them.
describe.skipIf(reason !== null)(
  `the checks that sign in, against Debian's Dovecot and Postfix${unless}`,
  () => {
    let ca: TestCa;
    let mail: DebianMail;

    beforeAll(async () => {
      ca = await makeTestCa();
      mail = await startDebianMail(await ca.issue({ names: ['127.0.0.1'] }), [SALES, SUPPORT]);
      mail.tokens.set(TOKEN, SALES);
    });
    afterAll(() => mail?.stop());
    beforeEach(({ onTestFailed }) => onTestFailed(() => void process.stderr.write(mail.log())));

    const portOf = (check: string): number =>
      check.startsWith('imap')
        ? mail.ports.imap
        : check.startsWith('pop3')
          ? mail.ports.pop3
          : mail.ports.smtp;

    async function signIn(check: string, mailbox: string, accessToken = TOKEN): Promise<CheckResult> {
      const task: Task = {
        check,
        target: { name: 'mailbox', host: '127.0.0.1', port: portOf(check), mailbox },
        reading: { protocol: 'imap', host: '127.0.0.1', port: mail.ports.imap },
      };
      const expiresAt = new Date(Date.now() + 600_000).toISOString();
      const lease: Lease = {
        id: '00000000-0000-4000-8000-000000000001',
        expiresAt,
        userName: SALES,
        tenant: 'example.test',
        clientId: '11111111-2222-3333-4444-555555555555',
        clientSecret: null,
        clientAssertion: null,
        scopes: ['https://outlook.office.com/IMAP.AccessAsUser.All'],
        grant: { kind: 'access-token', accessToken, expiresAt },
      };
      const [result] = await runLeased([task], lease, {
        roundDeadlineMs: 30_000,
        checkDeadlineMs: 20_000,
        trust: [ca.certificate],
        revocation: false,
      });
      expect(JSON.stringify(result)).not.toContain(accessToken);
      return CheckResult.parse(result);
    }

    const phasesOf = ({ phases }: CheckResult) => phases.map(({ name }) => name);

    test('IMAP: the token is taken and INBOX is opened, read-only', async () => {
      const result = await signIn('imap.mailbox', SALES);
      expect(result).toMatchObject({ outcome: 'pass', evidence: { mailbox: { opened: true } } });
      expect(phasesOf(result)).toEqual(['connect', 'tls', 'greet', 'authenticate', 'open-mailbox']);
      expect(result.evidence.dialogue?.lines).toContainEqual(
        expect.stringMatching(/^C: \S+ EXAMINE "?INBOX"?/),
      );
    });

    test('POP3: the token is taken on the second line, and the mailbox counted', async () => {
      const result = await signIn('pop3.mailbox', SALES);
      expect(result).toMatchObject({ outcome: 'pass', evidence: { mailbox: { opened: true } } });
      expect(phasesOf(result)).toEqual(['connect', 'tls', 'greet', 'authenticate', 'open-mailbox']);
    });

    test('SMTP: the token is taken and the sender accepted; no mail is sent', async () => {
      const result = await signIn('smtp.login', SALES);
      expect(result).toMatchObject({
        outcome: 'pass',
        evidence: { submission: { from: SALES } },
      });
      expect(phasesOf(result)).toEqual([
        'connect',
        'greet',
        'starttls',
        'tls',
        'greet',
        'authenticate',
        'send',
      ]);
      expect(mail.log()).not.toContain('status=sent');
    });

    test('round trip: a message of our own arrives, is found and is gone again', async () => {
      const result = await signIn('mail.round-trip', SALES);
      expect(result).toMatchObject({
        outcome: 'pass',
        evidence: { roundTrip: { via: 'imap', removed: true } },
      });
      expect(await signIn('imap.mailbox', SALES)).toMatchObject({ evidence: { mailbox: { messages: 0 } } });
    });

    // Dovecot says why in a JSON challenge and waits for an empty line (RFC 7628, section 3.2.3), as Exchange Online
    // does not.
    test.each([
      ['imap.mailbox', /NO \[AUTHENTICATIONFAILED\]/],
      ['pop3.mailbox', /-ERR \[AUTH\]/],
      ['smtp.login', /535 5\.7\.8/],
    ])('%s: a token that is not good is refused in the phase authenticate, once', async (check, words) => {
      const before = mail.log().split('token is not valid').length;
      const result = await signIn(check, SALES, 'eyJub3QiOiJnb29kIn0.bm90LWdvb2Q.signature');
      expect(result).toMatchObject({
        outcome: 'fail',
        failure: { phase: 'authenticate', code: 'denied', message: expect.stringMatching(words) },
      });
      expect(mail.log().split('token is not valid').length - before).toBe(1);
    });

    test('a token is no key to another mailbox', async () => {
      const result = await signIn('imap.mailbox', SUPPORT);
      expect(result.failure).toMatchObject({ phase: 'authenticate', code: 'denied' });
    });
  },
);
