import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import ipaddr from 'ipaddr.js';

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

interface Question {
  name: string;
  type: number;
  /** Where it ends in the message. */
  end: number;
}

const RCODE = { none: 0, formerr: 1, servfail: 2, nxdomain: 3, refused: 5 };
const TYPE = { A: 1, CNAME: 5, AAAA: 28 };
const CLASS_IN = 1;
const HEADER_BYTES = 12;
const TTL_S = 60;
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

/** RFC 1035, section 4.1: one question of class IN in a standard query; null for anything else. */
function questionIn(query: Buffer): Question | null {
  if (query.length < HEADER_BYTES || query.readUInt16BE(4) !== 1) return null;
  const QR_AND_OPCODE = 0xf800;
  if ((query.readUInt16BE(2) & QR_AND_OPCODE) !== 0) return null;
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    // A question has nothing before it to point to, so no label is a pointer (section 4.1.4).
    if (length > 63 || at + 1 + length >= query.length) return null;
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  if (at + 5 > query.length || query.readUInt16BE(at + 3) !== CLASS_IN) return null;
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
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

function message(query: Buffer, end: number, rcode: number, answers: readonly Buffer[] = []): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  // A response, with recursion asked for and available.
  header.writeUInt16BE(0x8180 | rcode, 2);
  header.writeUInt16BE(end > HEADER_BYTES ? 1 : 0, 4);
  header.writeUInt16BE(answers.length, 6);
  return Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...answers]);
}

function record(name: string, type: number, data: Buffer): Buffer {
  const rest = Buffer.alloc(10);
  rest.writeUInt16BE(type, 0);
  rest.writeUInt16BE(CLASS_IN, 2);
  rest.writeUInt32BE(TTL_S, 4);
  rest.writeUInt16BE(data.length, 8);
  return Buffer.concat([nameBytes(name), rest, data]);
}

function nameBytes(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`));
  return Buffer.concat([...labels, Buffer.of(0)]);
}

function typeName(type: number): string {
  return Object.entries(TYPE).find(([, number]) => number === type)?.[0] ?? `TYPE${type}`;
}
