import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import ipaddr from 'ipaddr.js';
import type { DnsManners, DnsZone } from './dns-script.ts';
import type { Listener } from './listen.ts';
import { listen } from './listen.ts';

export type { DnsManners, DnsScript, DnsZone } from './dns-script.ts';

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
  /** Whether an OPT record comes with it. */
  edns: boolean;
}

const RCODE = { none: 0, formerr: 1, servfail: 2, nxdomain: 3, notimp: 4, refused: 5 };
const TYPE = { A: 1, CNAME: 5, AAAA: 28 };
const OPT = 41;
const EXTENDED_ERROR = 15;
const CLASS_IN = 1;
const HEADER_BYTES = 12;
const TTL_S = 60;
const TRUNCATED = 0x0200;
const RECURSION_AVAILABLE = 0x0080;
/** Aliases may go in a circle; a resolver gives up at some point. */
const LONGEST_CHAIN = 8;

/** Answers as the zone says, on a free port of loopback unless told; each answer comes `delayMs` late. */
export async function startDnsServer(
  zone: DnsZone,
  delayMs = 0,
  { address: ownAddress = '127.0.0.1', port: ownPort = 0 } = {},
  manners: DnsManners = {},
): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  const waiting = new Set<NodeJS.Timeout>();
  const later = (work: () => void) => {
    const timer = setTimeout(() => {
      waiting.delete(timer);
      work();
    }, delayMs);
    waiting.add(timer);
  };
  const replyTo = (query: Buffer, over: 'udp' | 'tcp') => {
    const question = questionIn(query);
    asked.push(
      `${question ? `${typeName(question.type)} ${question.name}` : 'malformed'}${over === 'tcp' ? ' tcp' : ''}`,
    );
    return question
      ? answerTo(query, question, { zone, manners, over })
      : message(query, HEADER_BYTES, { rcode: RCODE.formerr });
  };
  socket.on('message', (query, { address, port }) => {
    const reply = replyTo(query, 'udp');
    if (reply) later(() => socket.send(reply, port, address));
  });
  socket.bind(ownPort, ownAddress);
  await once(socket, 'listening');
  const { port } = socket.address();
  const stream = manners.tcp ? await overTcp(ownAddress, port, (query) => replyTo(query, 'tcp')) : null;
  return {
    place: `${ownAddress}:${port}`,
    questions: () => asked,
    async stop() {
      for (const timer of waiting) clearTimeout(timer);
      await stream?.stop();
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** RFC 7766: each message behind two bytes of length. */
function overTcp(
  address: string,
  port: number,
  replyTo: (query: Buffer) => Buffer | null,
): Promise<Listener> {
  return listen({ address, port }, (socket) => {
    let got = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      got = Buffer.concat([got, chunk]);
      if (got.length < 2 || got.length < 2 + got.readUInt16BE(0)) return;
      const reply = replyTo(got.subarray(2));
      const length = Buffer.alloc(2);
      length.writeUInt16BE(reply?.length ?? 0);
      if (reply) socket.write(Buffer.concat([length, reply]));
    });
  });
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
  return {
    name: labels.join('.').toLowerCase(),
    type: query.readUInt16BE(at + 1),
    end: at + 5,
    edns: query.readUInt16BE(10) > 0,
  };
}

function answerTo(
  query: Buffer,
  { name, type, end, edns }: Question,
  { zone, manners, over }: { zone: DnsZone; manners: DnsManners; over: 'udp' | 'tcp' },
): Buffer | null {
  const { edns: manner = 'supported', recursion = true } = manners;
  if (edns && manner === 'dropped') return null;
  if (edns && manner === 'rejected') return message(query, end, { rcode: RCODE.formerr });
  const script = zone[name] ?? 'nxdomain';
  const family = typeof script === 'string' ? script : { [TYPE.A]: script.a, [TYPE.AAAA]: script.aaaa }[type];
  const fault = typeof family === 'string' ? family : null;
  if (fault === 'silent') return null;
  if (fault === 'garbage') return Buffer.concat([query.subarray(0, 2), Buffer.from('not DNS at all')]);
  const more = typeof script === 'string' ? {} : script;
  const common = {
    recursion,
    // Only who asked with EDNS is answered with it.
    opt: edns && manner === 'supported' ? optRecord(more.extendedError) : null,
  };
  if (over === 'udp' && (fault === 'truncated' || more.truncated))
    return message(query, end, { ...common, truncated: true });
  if (fault !== null && fault !== 'truncated') return message(query, end, { ...common, rcode: RCODE[fault] });
  return message(query, end, { ...common, answers: recordsOf(name, type, zone) });
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
  if (typeof addresses === 'string') return [];
  return addresses.map((address) => record(name, type, Buffer.from(ipaddr.parse(address).toByteArray())));
}

interface Reply {
  rcode?: number;
  truncated?: boolean;
  recursion?: boolean;
  answers?: readonly Buffer[];
  opt?: Buffer | null;
}

function message(
  query: Buffer,
  end: number,
  { rcode = RCODE.none, truncated = false, recursion = true, answers = [], opt = null }: Reply = {},
): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  // A response, with recursion asked for.
  header.writeUInt16BE(
    0x8100 | (recursion ? RECURSION_AVAILABLE : 0) | (truncated ? TRUNCATED : 0) | rcode,
    2,
  );
  header.writeUInt16BE(end > HEADER_BYTES ? 1 : 0, 4);
  header.writeUInt16BE(answers.length, 6);
  header.writeUInt16BE(opt ? 1 : 0, 10);
  return Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...answers, ...(opt ? [opt] : [])]);
}

/** RFC 6891, section 6.1.2: the root's name, the size that we take, and the options. */
function optRecord(extendedError: readonly [number, string] | undefined): Buffer {
  const option = extendedError ? extendedErrorOption(extendedError) : Buffer.alloc(0);
  const rest = Buffer.alloc(10);
  rest.writeUInt16BE(OPT, 0);
  rest.writeUInt16BE(1_232, 2);
  rest.writeUInt16BE(option.length, 8);
  return Buffer.concat([Buffer.of(0), rest, option]);
}

function extendedErrorOption([code, text]: readonly [number, string]): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt16BE(EXTENDED_ERROR, 0);
  head.writeUInt16BE(2 + Buffer.byteLength(text), 2);
  head.writeUInt16BE(code, 4);
  return Buffer.concat([head, Buffer.from(text)]);
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
