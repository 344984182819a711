import { randomInt } from 'node:crypto';
import dnsPacket from 'dns-packet';
import { withoutTrailing } from '@mailpath/protocol';
import { evidenceText } from '../evidence-text.ts';

/** The two kinds of address. */
export type AddressType = 'A' | 'AAAA';

/** What an answer said, read from the wire. */
export interface DnsAnswer {
  /** With the upper bits that EDNS adds (RFC 6891, section 6.1.3). */
  rcode: number;
  truncated: boolean;
  /** Whether the server looks names up for others (RA). */
  recursion: boolean;
  /** Whether it answered with EDNS. */
  edns: boolean;
  /** Extended DNS errors (RFC 8914), such as `15 Blocked: by policy`. */
  extendedErrors: string[];
  addresses: string[];
  /** The aliases on the way, in their order. */
  cname: string[];
}

/** A size that every path carries without fragments (DNS flag day 2020). */
const UDP_BYTES = 1_232;
const EXTENDED_ERROR = 15;
const LONGEST_CHAIN = 8;
/** RFC 8914, section 4: those that tell of a filter or of a resolver that cannot get on. */
const EXTENDED_WORDS: Readonly<Record<number, string>> = {
  3: 'Stale Answer',
  4: 'Forged Answer',
  6: 'DNSSEC Bogus',
  9: 'DNSKEY Missing',
  13: 'Cached Error',
  14: 'Not Ready',
  15: 'Blocked',
  16: 'Censored',
  17: 'Filtered',
  18: 'Prohibited',
  20: 'Not Authoritative',
  21: 'Not Supported',
  22: 'No Reachable Authority',
  23: 'Network Error',
};

/** A question as it goes out, with the id by which its answer is known. */
export interface Query {
  id: number;
  host: string;
  type: AddressType;
  edns: boolean;
  bytes: Buffer;
}

export function queryFor(host: string, type: AddressType, edns: boolean): Query {
  const id = randomInt(0x1_0000);
  const options = { name: '.', type: 'OPT' as const, udpPayloadSize: UDP_BYTES, flags: 0, options: [] };
  const bytes = dnsPacket.encode({
    id,
    type: 'query',
    flags: dnsPacket.RECURSION_DESIRED,
    questions: [{ name: host, type, class: 'IN' }],
    // The types know an option only as what comes in.
    ...(edns ? { additionals: [options as never] } : {}),
  });
  return { id, host, type, edns, bytes };
}

/**
 * Reads what came. Null for what belongs to another question; `malformed` for what is no answer to this one, whatever
 * else it is.
 */
export function readAnswer(bytes: Buffer, query: Query): DnsAnswer | 'malformed' | null {
  if (bytes.length >= 2 && bytes.readUInt16BE(0) !== query.id) return null;
  try {
    return understood(dnsPacket.decode(bytes), query);
  } catch {
    // The library says in many ways that bytes are no DNS message; which one is nobody's business.
    return 'malformed';
  }
}

function understood(packet: dnsPacket.DecodedPacket, { host, type }: Query): DnsAnswer | 'malformed' {
  const { questions = [], answers = [], additionals = [], flags = 0 } = packet;
  const [asked] = questions;
  // A server that understood nothing may leave the question out (FORMERR).
  const rcodeBits = flags & 0xf;
  const isOurs = asked ? sameName(asked.name, host) && String(asked.type) === type : rcodeBits !== 0;
  if (packet.type !== 'response' || !isOurs) return 'malformed';
  const opt = additionals.find((record) => record.type === 'OPT') as OptRecord | undefined;
  const records = answers as { name: string; type: string; data: unknown }[];
  const addresses = records.flatMap((record) =>
    record.type === type && typeof record.data === 'string' ? [record.data] : [],
  );
  return {
    rcode: ((opt?.extendedRcode ?? 0) << 4) | rcodeBits,
    truncated: (flags & dnsPacket.TRUNCATED_RESPONSE) !== 0,
    recursion: (flags & dnsPacket.RECURSION_AVAILABLE) !== 0,
    edns: opt !== undefined,
    extendedErrors: (opt?.options ?? []).flatMap(extendedError).slice(0, 8),
    addresses,
    cname: chainFrom(host, records),
  };
}

interface OptRecord {
  extendedRcode?: number;
  options?: { code: number; data?: Buffer }[];
}

function extendedError({ code, data }: { code: number; data?: Buffer }): string[] {
  if (code !== EXTENDED_ERROR || !data || data.length < 2) return [];
  const info = data.readUInt16BE(0);
  const said = withoutTrailing('\0', data.toString('utf8', 2));
  const words = [EXTENDED_WORDS[info] ?? 'Other', ...(said === '' ? [] : [said])].join(': ');
  return [evidenceText(`${info} ${words}`, 256)];
}

function chainFrom(
  host: string,
  records: readonly { name: string; type: string; data: unknown }[],
): string[] {
  const chain: string[] = [];
  for (let name = host; chain.length < LONGEST_CHAIN;) {
    const alias = records.find((record) => record.type === 'CNAME' && sameName(record.name, name));
    if (!alias || typeof alias.data !== 'string' || chain.includes(alias.data)) break;
    chain.push(alias.data);
    name = alias.data;
  }
  return chain;
}

/** RFC 4343: names are compared without regard to case; a dot at the end adds nothing. */
function sameName(a: string, b: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/\.$/, '');
  return plain(a) === plain(b);
}
