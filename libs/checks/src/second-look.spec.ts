import { afterEach, describe, expect, it } from 'vitest';
import { CheckResult } from '@mailpath/protocol';
import type { RoundProgress } from './round.ts';
import { runRound } from './run-round.ts';
import { lookAgain } from './second-look.ts';
import { closedPort, listen, type Listener } from './testing/index.ts';

const listeners: Listener[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.stop();
});

const LIMITS = { roundDeadlineMs: 5_000, checkDeadlineMs: 5_000 };
const taskAt = (port: number, name = 'here') => ({
  check: 'tcp.connect',
  target: { name, host: '127.0.0.1', port },
});

describe('a second look', () => {
  it('is given to what failed and to nothing else, and names what it repeats', async () => {
    const open = await listen({}, (socket) => socket.end());
    listeners.push(open);
    const tasks = [taskAt(open.port, 'open'), taskAt(await closedPort(), 'shut')];
    const first = await runRound(tasks, LIMITS);
    const again = await lookAgain(first, LIMITS);
    expect(again.map(({ target, outcome, repeats }) => [target.name, outcome, repeats])).toEqual([
      ['shut', 'fail', first[1]?.id],
    ]);
    expect(CheckResult.parse(again[0]).id).not.toBe(first[1]?.id);
  });

  it('is not given to what was understood and refused, or asked to slow down', async () => {
    const first = await runRound([taskAt(await closedPort())], LIMITS);
    const as = (outcome: 'fail' | 'throttled', code: 'denied' | 'throttled' | 'unavailable') =>
      first.map((result) =>
        CheckResult.parse({ ...result, outcome, failure: { phase: 'token', code, message: 'No.' } }),
      );
    expect(await lookAgain(as('fail', 'denied'), LIMITS)).toEqual([]);
    expect(await lookAgain(as('throttled', 'throttled'), LIMITS)).toEqual([]);
    expect(await lookAgain(as('fail', 'unavailable'), LIMITS)).toHaveLength(1);
  });

  it('sees that a fault of the moment is gone', async () => {
    const port = await closedPort();
    const first = await runRound([taskAt(port)], LIMITS);
    listeners.push(await listen({ port }, (socket) => socket.end()));
    const [again] = await lookAgain(first, LIMITS);
    expect([first[0]?.outcome, again?.outcome]).toEqual(['fail', 'pass']);
  });

  it('begins a check when the one before it has ended', async () => {
    const shut = await closedPort();
    const first = await runRound(
      ['a', 'b', 'c'].map((name) => taskAt(shut, name)),
      LIMITS,
    );
    const told: string[] = [];
    await lookAgain(first, {
      ...LIMITS,
      onProgress: (event) =>
        told.push('phase' in event ? `${event.task.target.name} begins` : `${event.task.target.name} ended`),
    });
    expect(told.filter((line, i) => line !== told[i - 1])).toEqual([
      'a begins',
      'a ended',
      'b begins',
      'b ended',
      'c begins',
      'c ended',
    ]);
  });

  it('is not begun when there is no time for it, nor when the round was called off', async () => {
    const first = await runRound([taskAt(await closedPort())], LIMITS);
    expect(await lookAgain(first, { ...LIMITS, roundDeadlineMs: 900 })).toEqual([]);
    expect(await lookAgain(first, { ...LIMITS, signal: AbortSignal.abort() })).toEqual([]);
  });

  it('is told as it happens, with the result that carries the link', async () => {
    const first = await runRound([taskAt(await closedPort())], LIMITS);
    const told: RoundProgress[] = [];
    await lookAgain(first, { ...LIMITS, onProgress: (event) => told.push(event) });
    expect(told.at(-1)).toMatchObject({ result: { repeats: first[0]?.id } });
  });
});
