import { isIPv4 } from 'node:net';
import {
  HEADER_BYTES,
  message,
  nameBytes,
  type Question,
  RCODE,
  record,
  TYPE,
} from '@mailpath/checks/testing';
import type { Fault, Faults } from '../faults.ts';
import { isDnsFault } from './dns-faults.ts';

/** What a name leads to where no fault holds; null: there is no such name. */
export type Zone = (name: string) => readonly string[] | null;

export type Transport = 'udp' | 'tcp';

/** What becomes of a question. */
export interface Reply {
  /** Null: nothing is said. */
  bytes: Buffer | null;
  delayMs: number;
}

/** TC (RFC 1035, section 4.1.1), in the third byte. */

const RCODES: Readonly<Record<string, number>> = {
  'dns-nxdomain': RCODE.nxdomain,
  'dns-nodata': RCODE.none,
  'dns-servfail': RCODE.servfail,
  'dns-refused': RCODE.refused,
  'dns-formerr': RCODE.formerr,
  'dns-notimp': RCODE.notimp,
};

interface Asked {
  query: Buffer;
  question: Question;
  transport: Transport;
}

/** The reply to one question at one address, as the faults there have it. */
export function answerQuestion(asked: Asked, address: string, faults: Faults, zone: Zone): Reply {
  const { query, question } = asked;
  const here = faults
    .at(address, question.name)
    .filter((fault) => isDnsFault(fault.id) && concerns(fault, asked) && faults.isMet(fault));
  const slow = here.find(({ id }) => id === 'dns-slow');
  const delayMs = slow?.delayMs ?? 0;
  const fault = here.find(({ id }) => id !== 'dns-slow');
  if (fault?.id === 'dns-silent') return { bytes: null, delayMs };
  const say = (rcode: number, records: readonly Buffer[] = []): Reply => ({
    bytes: message(query, question.end, { rcode, answers: records }),
    delayMs,
  });
  if (fault?.id === 'dns-truncated' && asked.transport === 'udp')
    return { bytes: message(query, question.end, { truncated: true }), delayMs };
  if (fault?.id === 'dns-truncated' && fault.tcp === 'silent') return { bytes: null, delayMs };
  if (fault?.id === 'dns-formerr-edns')
    return { bytes: message(query, HEADER_BYTES, { rcode: RCODE.formerr }), delayMs };
  const rcode = fault && RCODES[fault.id];
  if (rcode !== undefined) return say(rcode);
  const known = fault?.id === 'dns-loopback' ? ['0.0.0.0'] : (fault?.addresses ?? zone(question.name));
  if (known === null) return say(RCODE.nxdomain);
  return say(RCODE.none, recordsOf(question, fault?.aliases ?? [], known));
}

function concerns({ id, family }: Fault, { query, question }: Asked): boolean {
  // Additional records: EDNS is the one that questions have (RFC 6891, section 6.1.1).
  if (id === 'dns-formerr-edns') return query.readUInt16BE(10) > 0;
  return family === undefined || question.type === (family === 4 ? TYPE.A : TYPE.AAAA);
}

function recordsOf({ name, type }: Question, aliases: readonly string[], known: readonly string[]): Buffer[] {
  const chain = [name, ...aliases];
  const links = aliases.map((alias, at) => record(chain[at] as string, TYPE.CNAME, nameBytes(alias)));
  const end = chain.at(-1) as string;
  // A chain that comes back to a name it had leads nowhere.
  if (new Set(chain).size < chain.length) return links;
  const wanted = known.filter((each) => (isIPv4(each) ? TYPE.A : TYPE.AAAA) === type);
  return [...links, ...wanted.map((each) => record(end, type, bytesOf(each)))];
}

/** RFC 1035, section 3.4.1, and RFC 3596, section 2.2. */
function bytesOf(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array<number>(zeros).fill(0), ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
