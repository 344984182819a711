import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import ipaddr from 'ipaddr.js';
import {
  HEADER_BYTES,
  message,
  nameBytes,
  optRecord,
  type Question,
  questionIn,
  RCODE,
  record,
  TYPE,
  typeName,
} from './dns-message.ts';
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

/** Aliases may go in a circle; a resolver gives up at some point. */
const LONGEST_CHAIN = 8;

const ATTEMPTS = 20;

/** Answers as the zone says, on a free port of loopback unless told; each answer comes `delayMs` late. */
export async function startDnsServer(
  zone: DnsZone,
  delayMs = 0,
  { address: ownAddress = '127.0.0.1', port: ownPort = 0 } = {},
  manners: DnsManners = {},
): Promise<DnsServer> {
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
  const { socket, stream } = await bothTransports(ownAddress, ownPort, (at, port) =>
    manners.tcp ? overTcp(at, port, (query) => replyTo(query, 'tcp')) : null,
  );
  socket.on('message', (query, { address, port }) => {
    const reply = replyTo(query, 'udp');
    if (reply) later(() => socket.send(reply, port, address));
  });
  const { port } = socket.address();
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

/** One port for UDP and TCP. A port that is free for one of them may be taken for the other: then another is tried. */
async function bothTransports(
  address: string,
  port: number,
  overStream: (address: string, port: number) => Promise<Listener> | null,
): Promise<{ socket: Socket; stream: Listener | null }> {
  for (let attempt = 1; ; attempt += 1) {
    const socket = createSocket('udp4');
    socket.bind(port, address);
    await once(socket, 'listening');
    try {
      return { socket, stream: await overStream(address, socket.address().port) };
    } catch (error) {
      socket.close();
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port !== 0 || attempt === ATTEMPTS)
        throw error;
    }
  }
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
