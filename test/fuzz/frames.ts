import type { Socket } from 'node:net';
import { AgentMessage, CompactWriter } from '@mailpath/protocol';
import type WebSocket from 'ws';
import { z } from 'zod';
import { deliveriesFrom } from '../support/scripted-agent.ts';
import { HOSTILE_BODIES, HOSTILE_TEXT, HOSTILE_VALUES } from './hostile.ts';
import type { Random } from './random.ts';
import type { Schema } from './schema.ts';
import { valid } from './values.ts';

/** One hostile act on a connection, in a form that can be done again: it follows from the seed. */
export interface HostileFrame {
  readonly kind: string;
  readonly send: (socket: WebSocket, bytes: Socket) => void;
}

/** What an agent says, without references. */
const MESSAGES = withoutReferences(
  z.toJSONSchema(AgentMessage, { reused: 'inline', unrepresentable: 'any' }),
) as Schema;
/** RFC 6455, section 5.2: a client masks; these four bytes change nothing. */
const MASK = Buffer.alloc(4);
const SMALL = 126;

/** A frame of the next kind, all kinds alike often. */
export function hostileFrame(random: Random): HostileFrame {
  return random.one(KINDS)(random);
}

function withoutReferences(root: { $defs?: Record<string, unknown> }): unknown {
  const inlined = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inlined);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref } = value as { $ref?: unknown };
    if (typeof $ref === 'string') return inlined(root.$defs?.[$ref.slice('#/$defs/'.length)]);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inlined(inner)]));
  };
  return inlined(root);
}

type Kind = (random: Random) => HostileFrame;

const text = (kind: string, body: string | Buffer): HostileFrame => ({
  kind,
  send: (socket) => socket.send(body, { binary: false }),
});
const raw = (kind: string, ...parts: Buffer[]): HostileFrame => ({
  kind,
  send: (_socket, bytes) => void bytes.write(Buffer.concat(parts)),
});

/** A frame as its head says, whatever it says. */
function frame(first: number, payload: Buffer, { masked = true, length = payload.length } = {}): Buffer {
  const bit = masked ? 0x80 : 0;
  const head =
    length < SMALL
      ? Buffer.from([first, bit | length])
      : Buffer.from([first, bit | SMALL, (length >> 8) & 0xff, length & 0xff]);
  return Buffer.concat([head, ...(masked ? [MASK] : []), payload]);
}

const message = (random: Random): unknown => valid(MESSAGES, random);

/** Puts something hostile at one place of a value. */
function spoilt(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.2)) return random.one(HOSTILE_VALUES);
  if (Array.isArray(value)) {
    const at = random.below(value.length);
    return value.length === 0 ? [null] : value.with(at, spoilt(value[at], random));
  }
  const copy: Record<string, unknown> = { ...value };
  const keys = Object.keys(copy);
  if (keys.length === 0 || random.chance(0.1)) return { ...copy, [random.one(HOSTILE_TEXT)]: 1 };
  const key = random.one(keys);
  if (random.chance(0.1)) delete copy[key];
  else copy[key] = spoilt(copy[key], random);
  return copy;
}

/** Frames of one connection, the last of which has something else in it. */
function compact(random: Random): readonly object[] {
  const writer = new CompactWriter();
  const evidence = { imap: { greeting: random.one(HOSTILE_TEXT).slice(0, 200) } };
  const frames = Array.from({ length: 1 + random.below(3) }, (_, i) =>
    writer.write({
      boot: '01a20bac-7abe-74ff-a112-9ae128132374',
      deliveries: deliveriesFrom(i * 3 + 1, 3, () => ({ evidence })),
    }),
  ).filter((frame) => frame !== null);
  return [...frames.slice(0, -1), spoilt(frames.at(-1), random) as object];
}

const KINDS: readonly Kind[] = [
  (random) => ({
    kind: 'compact frames with something else in them',
    send: (socket) => {
      for (const data of compact(random)) socket.send(JSON.stringify({ event: 'compact-results', data }));
    },
  }),
  (random) => ({
    kind: 'a compact frame that refers to others',
    send: (socket) => {
      const data = { ...compact(random)[0], frame: random.below(3), layouts: [] };
      socket.send(JSON.stringify({ event: 'compact-results', data }));
    },
  }),
  (random) => text('a message as it should be, out of turn', JSON.stringify(message(random))),
  (random) => text('a message with something else in it', JSON.stringify(spoilt(message(random), random))),
  (random) => {
    const whole = JSON.stringify(message(random));
    return text('half a message', whole.slice(0, random.below(whole.length)));
  },
  (random) => text('no message', random.one(HOSTILE_BODIES)),
  (random) => text('text', random.one(HOSTILE_TEXT)),
  (random) => text('an unknown event', JSON.stringify({ event: random.one(HOSTILE_TEXT), data: {} })),
  (random) => text('depth', `${'['.repeat(1 + random.below(20_000))}`),
  () =>
    text(
      'a prototype',
      '{"event":"results","__proto__":{"polluted":1},"data":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
    ),
  (random) =>
    text(
      'a number',
      `{"event":"results","data":{"sentAtMs":${random.one(['1e999', '-0', '9'.repeat(5_000)])}}}`,
    ),
  (random) => text('bytes that are no UTF-8', Buffer.from([0xc3, 0x28, random.below(256), 0xff])),
  (random) => text('much text', 'x'.repeat(random.one([4_096, 70_000, 300_000]))),
  (random) => ({
    kind: 'parts without an end',
    send: (socket) => {
      for (let i = random.below(300); i >= 0; i -= 1) socket.send('{', { fin: false });
    },
  }),
  (random) => ({
    kind: 'pings',
    send: (socket) => {
      for (let i = random.below(300); i >= 0; i -= 1) socket.ping('p'.repeat(random.below(SMALL)));
    },
  }),
  (random) =>
    raw(
      'a reserved opcode',
      frame(0x80 | random.one([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), Buffer.from('{}')),
    ),
  (random) => raw('a reserved bit', frame(0x81 | (0x10 << random.below(3)), Buffer.from('{}'))),
  () => raw('no mask', frame(0x81, Buffer.from('{}'), { masked: false })),
  () => raw('a part of nothing', frame(0x80, Buffer.from('{}'))),
  () => raw('a new message inside another', frame(0x01, Buffer.from('{')), frame(0x81, Buffer.from('}'))),
  (random) => raw('a long ping', frame(0x89, Buffer.alloc(SMALL + random.below(500), 'p'))),
  () => raw('a ping in parts', frame(0x09, Buffer.from('p'))),
  () =>
    raw('a length of 2^63', Buffer.from([0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), MASK),
  () => raw('a length of 2^40', Buffer.from([0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0]), MASK),
  (random) =>
    raw('a close with another code', frame(0x88, Buffer.from([random.below(256), random.below(256)]))),
  () => raw('half a close', frame(0x88, Buffer.from([3]))),
  (random) =>
    raw('noise', Buffer.from(Array.from({ length: 1 + random.below(200) }, () => random.below(256)))),
];

export const KIND_COUNT = KINDS.length;
