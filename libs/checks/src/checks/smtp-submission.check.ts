import type { Socket } from 'node:net';
import type { Probe } from '../check.ts';
import { defineCheck } from '../check.ts';
import { LineReader } from '../io/line-reader.ts';
import { smtpExchange } from '../io/smtp.ts';
import { ehloOf, mustOfferXoauth2, toStartTls } from '../io/start-tls.ts';
import { startTls } from '../io/tls.ts';

export const smtpSubmission = defineCheck({
  id: 'smtp.submission',
  title: 'Exchange Online takes mail by SMTP with STARTTLS',
  proves:
    'Port 587 is open from here, the far end is a mail server that secures itself by STARTTLS and takes XOAUTH2.',
  target: 'smtp',
  statements: ['S49', 'S50', 'S52', 'S53', 'S56', 'S58'],
  async run(probe) {
    const socket = await toStartTls(probe);
    const ehlo = ehloOf(socket);
    const secured = await startTls(socket, probe, { again: toStartTls });
    await probe.phase('greet', () => greetAgain(secured, ehlo, probe));
  },
});

async function greetAgain(socket: Socket, ehlo: string, probe: Probe): Promise<void> {
  const reader = new LineReader(socket, probe.signal);
  const { lines } = await smtpExchange(reader, ehlo, 250);
  mustOfferXoauth2(lines, probe);
  await reader.bye('QUIT');
}
