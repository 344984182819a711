import { afterAll, expect, test } from 'vitest';
import type { Check } from '../check.ts';
import type { Script } from '../testing/index.ts';
import { listen, say, startImapServer, startPop3Server } from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import { httpsSignIn } from './https-sign-in.check.ts';
import { imapTls } from './imap-tls.check.ts';
import { pop3Tls } from './pop3-tls.check.ts';
import { smtpSubmission } from './smtp-submission.check.ts';

const bench = await makeBench();
const { tls } = bench;
afterAll(() => bench.stop());

const SPOKEN: [string, string][] = [
  ['* OK The Microsoft Exchange IMAP4 service is ready.', 'an IMAP server'],
  ['* BYE Connection closed. 14', 'an IMAP server'],
  ['+OK Microsoft Exchange POP3 server ready', 'a POP3 server'],
  ['-ERR Server Unavailable. 21', 'a POP3 server'],
  ['220 mail.test ESMTP', 'an SMTP or FTP server'],
  ['SSH-2.0-OpenSSH_9.6', 'an SSH server'],
  ['HTTP/1.1 400 Bad Request', 'a web server'],
  ['<!DOCTYPE html><html>', 'a web page'],
];
const EARS: [Check, string, boolean][] = [
  [imapTls, 'an IMAP server', true],
  [pop3Tls, 'a POP3 server', true],
  [smtpSubmission, 'an SMTP or FTP server', false],
  [httpsSignIn, 'a web server', true],
];
const mismatches = EARS.flatMap(([check, own, secured]) =>
  SPOKEN.filter(([, speaker]) => speaker !== own).map(([line, speaker]) => ({
    check,
    secured,
    line,
    speaker,
  })),
);

test.concurrent.each(mismatches)(
  '$check.id that hears "$line" says that it is $speaker',
  async ({ check, secured, line, speaker }) => {
    const result = await bench.probe(check, await listen(secured ? { tls } : {}, say(`${line}\r\n`)));
    expect(result.failure).toMatchObject({ phase: secured && check === httpsSignIn ? 'http' : 'greet' });
    expect(result.failure?.code).toBe('unexpected-reply');
    expect(result.failure?.message).toContain(`answered "${line}" where `);
    expect(result.failure?.message).toContain(`; ${speaker} talks like that`);
    expect(result.evidence.unexpected).toEqual({ line });
  },
);

const tlsRecord: Script = (socket) => {
  socket.resume();
  socket.write(Buffer.from('160303002a0200002603', 'hex'));
};

test.concurrent('TLS from the first byte on 587 is told as soon as it begins, with its bytes', async () => {
  const result = await bench.probe(smtpSubmission, await listen({}, tlsRecord));
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'unexpected-reply' });
  expect(result.failure?.message).toContain('; this port talks TLS at once');
  expect(result.evidence.unexpected).toEqual({ line: '16 03 03 00 2a 02 00 00 26 03' });
});

test.concurrent.each([
  ['* BYE Too many connections', 'the server turns this client away before it has asked for anything'],
  ['* PREAUTH [CAPABILITY IMAP4rev1] hello', 'it takes this client for one that is signed in'],
])('the IMAP greeting "%s" is told for what it is', async (greeting, remark) => {
  const result = await bench.probe(imapTls, await startImapServer({ tls }, { greeting }));
  expect(result.failure?.message).toContain(`where the greeting * OK was expected: ${remark}`);
  expect(result.evidence.unexpected).toEqual({ line: greeting });
});

test.concurrent('IMAP and POP3 name their front end, and null when the greeting does not', async () => {
  const imap = await bench.probe(imapTls, await startImapServer({ tls }));
  expect(imap.evidence.imap?.frontEnd).toBe('TEST.EURP000.PROD.OUTLOOK.COM');
  const pop3 = await bench.probe(pop3Tls, await startPop3Server({ tls }));
  expect(pop3.evidence.pop3?.frontEnd).toBe('TEST.EURP000.PROD.OUTLOOK.COM');
  const other = await bench.probe(
    pop3Tls,
    await startPop3Server({ tls }, { greeting: '+OK ready [dovecot]' }),
  );
  expect(other).toMatchObject({ outcome: 'pass', evidence: { pop3: { frontEnd: null } } });
});
