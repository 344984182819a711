import type { Socket } from 'node:net';
import type { CheckRun, Network } from '../check.ts';
import { evidenceLines, evidenceText } from '../evidence-text.ts';
import { PathError, UnexpectedReply } from '../path-error.ts';
import { clockFromBanner, halfWay } from './clock.ts';
import { frontEndInBanner } from './front-end.ts';
import { LineReader } from './line-reader.ts';
import { ehloName, helloAddress, smtpExchange, tracesOfInspection } from './smtp.ts';

/** Phases `resolve` to `starttls`: a connection on which TLS is the next thing to be said. */
export async function toStartTls(
  run: CheckRun,
  network: Network,
  onGreeting: (line: string) => void = () => undefined,
): Promise<Socket> {
  const socket = await network.openTcp();
  const plain = new LineReader(socket, run.signal);
  const offered = await run.phase('greet', () => greet(plain, ehloOf(socket), run));
  onGreeting(offered.last);
  await run.phase('starttls', () => askForTls(plain, offered, run));
  return socket;
}

/** The command with which we say who we are on this connection. */
export function ehloOf(socket: Socket): string {
  return `EHLO ${ehloName(socket.localAddress)}`;
}

/** What the server said before TLS. */
interface Greeted {
  greeting: string;
  /** The last line of the greeting. */
  last: string;
  /** The lines of its answer to EHLO but the first, which names it. */
  offers: readonly string[];
}

async function greet(reader: LineReader, ehlo: string, run: CheckRun): Promise<Greeted> {
  const middle = halfWay();
  const { last, whole } = await smtpExchange(reader, null, 220);
  run.record('smtp', { greeting: evidenceText(whole), frontEnd: frontEndInBanner(whole) });
  clockFromBanner(run, last, middle());
  const { lines } = await smtpExchange(reader, ehlo, 250);
  run.record('smtp', { ehlo: evidenceLines(lines), helloAddress: helloAddress(lines) });
  return { greeting: whole, last, offers: lines.slice(1) };
}

async function askForTls(reader: LineReader, { greeting, offers }: Greeted, run: CheckRun): Promise<void> {
  if (!offers.some((line) => /^STARTTLS$/i.test(line.trim()))) {
    const traces = tracesOfInspection(greeting, offers);
    throw new PathError('unexpected-reply', `does not offer STARTTLS in its answer to EHLO${traces}`);
  }
  const { last } = await smtpExchange(reader, 'STARTTLS', 220);
  run.record('smtp', { startTls: evidenceText(last) });
  // What stands behind the 220 in plain text was not said by the one TLS will prove (CVE-2011-0411).
  const injected = reader.detach();
  if (injected !== '') throw new UnexpectedReply(injected, 'nothing between the 220 to STARTTLS and TLS');
}

/**
 * Keeps what a server offers over TLS; throws when XOAUTH2 is not in it. `lines` are its answer to EHLO, without the
 * codes.
 */
export function mustOfferXoauth2(lines: readonly string[], run: CheckRun): void {
  run.record('smtp', { ehloAfterTls: evidenceLines(lines) });
  const auth = lines.find((line) => /^AUTH[ =]/i.test(line));
  if (auth !== undefined && /\bXOAUTH2\b/i.test(auth)) return;
  const fact = auth === undefined ? 'offers no AUTH after TLS' : `offers ${auth} after TLS, without XOAUTH2`;
  throw new PathError('unexpected-reply', fact);
}
