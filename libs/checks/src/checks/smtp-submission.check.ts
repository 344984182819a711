import type { Socket } from 'node:net';
import type { CheckRun } from '../check.ts';
import { defineCheck } from '../check.ts';
import { LineReader } from '../io/line-reader.ts';
import { smtpExchange } from '../io/smtp.ts';
import { ehloOf, mustOfferXoauth2, toStartTls } from '../io/start-tls.ts';

export const smtpSubmission = defineCheck({
  id: 'smtp.submission',
  title: 'Exchange Online accepts mail by SMTP with STARTTLS',
  proves:
    'Port 587 is open from here, the far end is a mail server that secures itself by STARTTLS and accepts XOAUTH2.',
  target: 'smtp',
  statements: ['S49', 'S50', 'S52', 'S53', 'S56', 'S58'],
  needs: 'direct-path',
  async run(run, network) {
    const socket = await toStartTls(run, network);
    const ehlo = ehloOf(socket);
    const secured = await network.startTls(socket, toStartTls);
    await run.phase('greet', () => greetAgain(secured, ehlo, run));
  },
});

async function greetAgain(socket: Socket, ehlo: string, run: CheckRun): Promise<void> {
  const reader = new LineReader(socket, run.signal);
  const { lines } = await smtpExchange(reader, ehlo, 250);
  mustOfferXoauth2(lines, run);
  await reader.bye('QUIT');
}
