import type { Socket } from 'node:net';
import type { Probe } from '../check.ts';
import { defineCheck, UnexpectedReply } from '../check.ts';
import { evidenceLines, evidenceText } from '../evidence-text.ts';
import { LineReader } from '../io/line-reader.ts';
import { clockFromBanner, halfWay } from '../io/clock.ts';
import { frontEndInBanner } from '../io/front-end.ts';
import { ehloName, helloAddress, smtpExchange, tracesOfInspection } from '../io/smtp.ts';
import { openTcp } from '../io/tcp.ts';
import { startTls } from '../io/tls.ts';
import { PathError } from '../path-error.ts';

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

/** A connection on which TLS is the next thing to be said. */
async function toStartTls(probe: Probe): Promise<Socket> {
  const socket = await openTcp(probe);
  const plain = new LineReader(socket, probe.signal);
  const offered = await probe.phase('greet', () => greet(plain, ehloOf(socket), probe));
  await probe.phase('starttls', () => askForTls(plain, offered, probe));
  return socket;
}

function ehloOf(socket: Socket): string {
  return `EHLO ${ehloName(socket.localAddress)}`;
}

/** What the server said before TLS. */
interface Greeted {
  greeting: string;
  /** The lines of its answer to EHLO but the first, which names it. */
  offers: readonly string[];
}

async function greet(reader: LineReader, ehlo: string, probe: Probe): Promise<Greeted> {
  const middle = halfWay();
  const { last, whole } = await smtpExchange(reader, null, 220);
  probe.record('smtp', { greeting: evidenceText(whole), frontEnd: frontEndInBanner(whole) });
  clockFromBanner(probe, last, middle());
  const { lines } = await smtpExchange(reader, ehlo, 250);
  probe.record('smtp', { ehlo: evidenceLines(lines), helloAddress: helloAddress(lines) });
  return { greeting: whole, offers: lines.slice(1) };
}

async function askForTls(reader: LineReader, { greeting, offers }: Greeted, probe: Probe): Promise<void> {
  if (!offers.some((line) => /^STARTTLS$/i.test(line.trim()))) {
    const traces = tracesOfInspection(greeting, offers);
    throw new PathError('unexpected-reply', `does not offer STARTTLS in its answer to EHLO${traces}`);
  }
  const { last } = await smtpExchange(reader, 'STARTTLS', 220);
  probe.record('smtp', { startTls: evidenceText(last) });
  // What stands behind the 220 in plain text was not said by the one TLS will prove (CVE-2011-0411).
  const injected = reader.detach();
  if (injected !== '') throw new UnexpectedReply(injected, 'nothing between the 220 to STARTTLS and TLS');
}

async function greetAgain(socket: Socket, ehlo: string, probe: Probe): Promise<void> {
  const reader = new LineReader(socket, probe.signal);
  const { lines } = await smtpExchange(reader, ehlo, 250);
  probe.record('smtp', { ehloAfterTls: evidenceLines(lines) });
  const auth = lines.find((line) => /^AUTH[ =]/i.test(line));
  if (auth === undefined || !/\bXOAUTH2\b/i.test(auth)) {
    const fact =
      auth === undefined ? 'offers no AUTH after TLS' : `offers ${auth} after TLS, without XOAUTH2`;
    throw new PathError('unexpected-reply', fact);
  }
  await reader.bye('QUIT');
}
