import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

/** What is said of a name: its addresses, or a response code (RFC 1035, section 4.1.1). Any other name does not exist. */
export type Zone = Record<string, readonly string[] | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED'>;

const RCODE = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
const TYPE = { A: 1, AAAA: 28 };
const HEADER = 12;

/** A DNS server on UDP port 53 of that address, for A and AAAA, until the process ends. */
export async function startNameServer(address: string, zone: Zone): Promise<void> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  socket.on('message', (query, { address: to, port }) => socket.send(answer(query, zone), port, to));
  socket.bind(53, address);
  await once(socket, 'listening');
}

function answer(query: Buffer, zone: Zone): Buffer {
  const { name, end } = nameIn(query);
  const type = query.readUInt16BE(end);
  const known = zone[name] ?? 'NXDOMAIN';
  const rcode = typeof known === 'string' ? RCODE[known] : RCODE.NOERROR;
  const records = typeof known === 'string' ? [] : known.map(recordOf).filter((each) => each.type === type);
  const header = Buffer.alloc(HEADER);
  query.copy(header, 0, 0, 2);
  // A response, recursion desired as asked, recursion available.
  header.writeUInt16BE(0x8080 | (query.readUInt16BE(2) & 0x0100) | rcode, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, query.subarray(HEADER, end + 4), ...records.map(({ bytes }) => bytes)]);
}

function nameIn(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function recordOf(address: string): { type: number; bytes: Buffer } {
  const type = isIPv6(address) ? TYPE.AAAA : TYPE.A;
  const data = bytesOf(address);
  const head = Buffer.alloc(HEADER);
  // A pointer to the name in the question.
  head.writeUInt16BE(0xc000 | HEADER, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return { type, bytes: Buffer.concat([head, data]) };
}

function bytesOf(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const [front = [], back = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => '0');
  return Buffer.from([...front, ...zeros, ...back].map((group) => group.padStart(4, '0')).join(''), 'hex');
}
