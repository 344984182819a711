import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type WebSocket from 'ws';
import { type HostileFrame, hostileFrame, KIND_COUNT } from './fuzz/frames.ts';
import { Random } from './fuzz/random.ts';
import { type RunningApi, startApi } from './support/api.ts';
import {
  createSite,
  deliveriesFrom,
  enrolServer,
  type Identity,
  ScriptedAgent,
} from './support/scripted-agent.ts';

/** `npm run fuzz:frames` sets them. */
const SEED = Number(process.env['MAILPATH_FUZZ_SEED'] ?? 20_261_128);
const FRAMES = Number(process.env['MAILPATH_FUZZ_FRAMES'] ?? 1_500);
/** An agent may prove its key 150 times a minute, and a connection ends with nearly every frame. */
const FRAMES_OF_AN_AGENT = 140;
const AT_A_TIME = 25;
const LOOK_EVERY = 50;
const LONG_FORM_MS = 3_600_000;

let api: RunningApi;
let siteId: string;
let good: ScriptedAgent;
const written: string[] = [];

beforeAll(async () => {
  api = await startApi();
  siteId = await createSite(api, { name: 'hostile frames' });
  good = await ScriptedAgent.join(api.url, await enrolServer(api, siteId, 'good01'));
});
afterAll(async () => {
  await good.leave();
  await api.close();
});

/** Whether the API has ended the connection, or read all that was sent on it: it answers pings in their turn. */
async function isThrough(socket: WebSocket): Promise<void> {
  if (socket.readyState === socket.CLOSED) return;
  const over = new Promise<void>((resolve) => {
    socket.once('pong', () => resolve());
    socket.once('close', () => resolve());
  });
  if (socket.readyState === socket.OPEN) socket.ping();
  // Behind half a frame a ping is part of it: such a connection says nothing until its time is over.
  await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 200))]);
}

async function harm(frame: HostileFrame, identity: Identity | null): Promise<void> {
  const { socket, wire } = identity
    ? await ScriptedAgent.join(api.url, identity)
    : await ScriptedAgent.connect(api.url);
  frame.send(socket, wire as Socket);
  await isThrough(socket);
  socket.terminate();
}

async function enrolled(from: number): Promise<Identity[]> {
  const identities: Identity[] = [];
  for (let i = from; i < from + AT_A_TIME; i += 1) identities.push(await enrolServer(api, siteId, `bad${i}`));
  return identities;
}

describe('frames that mean harm', () => {
  it.each([
    ['before a join', false],
    ['after it', true],
  ])(
    '%s end at most the connection that they came on, and no error of the API',
    async (_, isAfter) => {
      const log = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
        written.push(String(chunk));
        return true;
      });
      const errors = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
        written.push(String(chunk));
        return true;
      });
      const random = new Random(SEED + Number(isAfter));
      const kinds = new Map<string, number>();
      const started = process.memoryUsage().rss;
      let acknowledged = 0;
      try {
        let identities: (Identity | null)[] = Array.from({ length: AT_A_TIME }, () => null);
        for (let i = 0; i < FRAMES / 2; i += AT_A_TIME) {
          // One connection of each agent: a second takes the place of the first.
          if (isAfter && i % (AT_A_TIME * FRAMES_OF_AN_AGENT) === 0) identities = await enrolled(i);
          const frames = identities.map((identity) => ({ identity, frame: hostileFrame(random) }));
          for (const { frame } of frames) kinds.set(frame.kind, (kinds.get(frame.kind) ?? 0) + 1);
          await Promise.all(frames.map(({ identity, frame }) => harm(frame, identity)));
          if (i % LOOK_EVERY !== 0) continue;
          const sequence = good.nextSequence();
          expect((await good.deliver(deliveriesFrom(sequence, 1))).sequence).toBe(sequence);
          acknowledged += 1;
        }
      } finally {
        log.mockRestore();
        errors.mockRestore();
      }
      expect(
        written.filter((line) => line.includes('"level":"error"') || line.includes('"level":"fatal"')),
      ).toEqual([]);
      expect(kinds.size).toBe(KIND_COUNT);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      if (process.env['MAILPATH_FUZZ_FRAMES'] === undefined) return;
      const grown = Math.round((process.memoryUsage().rss - started) / 1024 / 1024);
      process.stdout.write(
        `${FRAMES / 2} frames ${isAfter ? 'after' : 'before'} a join, seed ${SEED}: ${kinds.size} kinds, ${acknowledged} batches of another agent acknowledged, no error, resident memory of API and sender together ${grown >= 0 ? '+' : ''}${grown} MiB\n`,
      );
    },
    LONG_FORM_MS,
  );
});
