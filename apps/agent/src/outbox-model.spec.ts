import { rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickDir } from './testing/damaged-outbox.ts';
import { Agent, Model, outboxCommands } from './testing/outbox-model.ts';

const SEQUENCES = Number(process.env['MAILPATH_OUTBOX_SEQUENCES'] ?? 400);
const SEED = 20_261;

let base: string;
beforeAll(() => {
  base = quickDir();
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('the outbox and its model', () => {
  it(`agree over ${SEQUENCES} sequences of what can happen to an outbox`, () => {
    let run = 0;
    fc.assert(
      fc.property(outboxCommands, (commands) => {
        run += 1;
        const model = new Model();
        const agent = new Agent(path.join(base, String(run)));
        try {
          fc.modelRun(() => ({ model, real: agent }), commands);
          judge(model, agent);
        } finally {
          agent.end();
        }
      }),
      { numRuns: SEQUENCES, seed: SEED },
    );
  }, 600_000);
});

/** At the end of every sequence: what is not stored was evicted or hit, is counted here, and known to the API. */
function judge(model: Model, agent: Agent): void {
  agent.restart('stop');
  agent.api.drain(agent.outbox, model.produced.size);
  // One more, with which the API hears of the ends of earlier starts.
  model.produced.add(agent.add(40));
  agent.api.drain(agent.outbox, 2);
  const { api, outbox } = agent;
  const missing = [...model.produced].filter((key) => !api.stored.has(key));
  const lost = missing.filter((key) => !model.touched.has(`${key.slice(0, 8)} ${key.slice(37)}`));
  expect(lost.filter((key) => !model.evicted.has(key))).toEqual([]);
  if (model.touched.size === 0)
    expect(new Set(missing)).toEqual(model.evicted.difference(new Set(api.stored.keys())));
  expect(outbox.waiting()).toEqual({ rows: 0, dropped: expect.any(Number) as number, degraded: false });
  expect(api.stored.size + api.dropped).toBe(model.produced.size);
  expect(Math.max(...api.came.values())).toBeLessThanOrEqual(1 + model.lostAnswers);
  // Evicted while the answer to them was lost: stored there, and given up here.
  expect(outbox.waiting().dropped).toBeGreaterThanOrEqual(missing.length);
  if (model.lostAnswers === 0) expect(outbox.waiting().dropped).toBe(missing.length);
}
