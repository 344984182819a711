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
    const check = () =>
      fc.assert(
        fc.property(outboxCommands, (commands) => {
          run += 1;
          const model = new Model();
          const agent = new Agent(path.join(base, String(run)));
          try {
            fc.modelRun(() => ({ model, real: agent }), commands);
            expect(judge(model, agent)).toEqual(AS_IT_SHOULD);
          } finally {
            agent.end();
          }
        }),
        { numRuns: SEQUENCES, seed: SEED },
      );
    expect(check).not.toThrow();
  }, 600_000);
});

/** At the end of every sequence: what is not stored was evicted or hit, is counted here, and known to the API. */
function judge(model: Model, agent: Agent) {
  agent.restart('stop');
  agent.api.drain(agent.outbox, model.produced.size);
  // One more, with which the API hears of the ends of earlier starts.
  model.produced.add(agent.add(40));
  agent.api.drain(agent.outbox, 2);
  const { api, outbox } = agent;
  const { rows, dropped, degraded } = outbox.waiting();
  const missing = [...model.produced].filter((key) => !api.stored.has(key));
  const hit = (key: string): boolean => model.touched.has(`${key.slice(0, 8)} ${key.slice(37)}`);
  const evicted = [...model.evicted].filter((key) => !api.stored.has(key));
  return {
    lost: missing.filter((key) => !hit(key) && !model.evicted.has(key)),
    // Without damage exactly the evicted ones are missing.
    missed: model.touched.size > 0 || missing.length === evicted.length,
    // Evicted while the answer to them was lost: stored there, and given up here.
    counted: model.lostAnswers > 0 ? dropped >= missing.length : dropped === missing.length,
    told: api.stored.size + api.dropped === model.produced.size,
    repeated: Math.max(...api.came.values()) > 1 + model.lostAnswers,
    rows,
    degraded,
  };
}

const AS_IT_SHOULD = {
  lost: [],
  missed: true,
  counted: true,
  told: true,
  repeated: false,
  rows: 0,
  degraded: false,
};
