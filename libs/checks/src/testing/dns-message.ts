/** Messages of DNS (RFC 1035, section 4; RFC 6891, 8914), as far as a server of a test needs them. */

export interface Question {
  name: string;
  type: number;
  /** Where it ends in the message. */
  end: number;
  /** Whether an OPT record comes with it. */
  edns: boolean;
}

export const RCODE = { none: 0, formerr: 1, servfail: 2, nxdomain: 3, notimp: 4, refused: 5 };
export const TYPE = { A: 1, CNAME: 5, AAAA: 28 };
const OPT = 41;
const EXTENDED_ERROR = 15;
const CLASS_IN = 1;
export const HEADER_BYTES = 12;
const TTL_S = 60;
const TRUNCATED = 0x0200;
const RECURSION_AVAILABLE = 0x0080;

/** RFC 1035, section 4.1: one question of class IN in a standard query; null for anything else. */
export function questionIn(query: Buffer): Question | null {
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

export interface Reply {
  rcode?: number;
  truncated?: boolean;
  recursion?: boolean;
  answers?: readonly Buffer[];
  opt?: Buffer | null;
}

export function message(
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
export function optRecord(extendedError: readonly [number, string] | undefined): Buffer {
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

export function record(name: string, type: number, data: Buffer): Buffer {
  const rest = Buffer.alloc(10);
  rest.writeUInt16BE(type, 0);
  rest.writeUInt16BE(CLASS_IN, 2);
  rest.writeUInt32BE(TTL_S, 4);
  rest.writeUInt16BE(data.length, 8);
  return Buffer.concat([nameBytes(name), rest, data]);
}

export function nameBytes(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`));
  return Buffer.concat([...labels, Buffer.of(0)]);
}

export function typeName(type: number): string {
  return Object.entries(TYPE).find(([, number]) => number === type)?.[0] ?? `TYPE${type}`;
}
