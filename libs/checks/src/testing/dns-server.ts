import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import ipaddr from 'ipaddr.js';
import {
  HEADER_BYTES,
  message,
  nameBytes,
  type Question,
  questionIn,
  RCODE,
  record,
  TYPE,
  typeName,
} from './dns-message.ts';

/** What a server says of a name: an error of its own (RFC 1035, section 4.1.1), nothing at all, or its records, if any. */
export type DnsScript =
  | 'nxdomain'
  | 'servfail'
  | 'refused'
  | 'silent'
  | { a?: readonly string[]; aaaa?: readonly string[]; cname?: string };

/** What is said of each name (lower case); any other does not exist. */
export type DnsZone = Readonly<Record<string, DnsScript>>;

/** A DNS server of a test. `place` is `ip:port`, as a resolver is named. */
export interface DnsServer {
  place: string;
  /** The questions so far, such as `A mail.test`. */
  questions: () => readonly string[];
  stop: () => Promise<void>;
}

/** Aliases may go in a circle; a resolver gives up at some point. */
const LONGEST_CHAIN = 8;

/** Answers on UDP as the zone says, on a free port of loopback unless told; each answer comes `delayMs` late. */
export async function startDnsServer(
  zone: DnsZone,
  delayMs = 0,
  { address: ownAddress = '127.0.0.1', port: ownPort = 0 } = {},
): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  const waiting = new Set<NodeJS.Timeout>();
  socket.on('message', (query, { address, port }) => {
    const question = questionIn(query);
    asked.push(question ? `${typeName(question.type)} ${question.name}` : 'malformed');
    const reply = question ? answerTo(query, question, zone) : message(query, HEADER_BYTES, RCODE.formerr);
    if (!reply) return;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      socket.send(reply, port, address);
    }, delayMs);
    waiting.add(timer);
  });
  socket.bind(ownPort, ownAddress);
  await once(socket, 'listening');
  return {
    place: `${ownAddress}:${socket.address().port}`,
    questions: () => asked,
    async stop() {
      for (const timer of waiting) clearTimeout(timer);
      socket.close();
      await once(socket, 'close');
    },
  };
}

function answerTo(query: Buffer, { name, type, end }: Question, zone: DnsZone): Buffer | null {
  const script = zone[name] ?? 'nxdomain';
  if (script === 'silent') return null;
  if (typeof script === 'string') return message(query, end, RCODE[script]);
  return message(query, end, RCODE.none, recordsOf(name, type, zone));
}

/** As a resolver answers: the aliases on the way, and behind them the records that were asked for. */
function recordsOf(name: string, type: number, zone: DnsZone, links = 0): Buffer[] {
  const script = links < LONGEST_CHAIN ? zone[name] : undefined;
  if (script === undefined || typeof script === 'string') return [];
  if (script.cname !== undefined) {
    const alias = record(name, TYPE.CNAME, nameBytes(script.cname));
    return type === TYPE.CNAME ? [alias] : [alias, ...recordsOf(script.cname, type, zone, links + 1)];
  }
  const addresses = { [TYPE.A]: script.a, [TYPE.AAAA]: script.aaaa }[type] ?? [];
  return addresses.map((address) => record(name, type, Buffer.from(ipaddr.parse(address).toByteArray())));
}
