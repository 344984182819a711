import { rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickDir } from './testing/damaged-outbox.ts';
import {
  Agent,
  append,
  damage,
  Model,
  outboxCommands,
  send,
  sendInVain,
  type Command,
} from './testing/outbox-model.ts';

const SEQUENCES = Number(process.env['MAILPATH_OUTBOX_SEQUENCES'] ?? 1_000);
const SEED = 20_261;

let base: string;
beforeAll(() => {
  base = quickDir();
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('the outbox and its model', () => {
  it(`agree over ${SEQUENCES} sequences of what can happen to an outbox`, () => {
    const check = () =>
      fc.assert(
        fc.property(outboxCommands, (commands) => {
          expect(outcomeOf(commands)).toEqual(AS_IT_SHOULD);
        }),
        { numRuns: SEQUENCES, seed: SEED },
      );
    expect(check).not.toThrow();
  }, 600_000);

  it.each<[string, Command[]]>([
    [
      'an evicted result whose old image lies in a page',
      [append(30, 40), damage('kill', 0, 2), sendInVain(1), damage('kill', 335_407_937, 2)],
    ],
    [
      'a damaged result whose good image lies in an older page',
      [append(30, 40), damage('stop', 518_619_972, 1), send(2), sendInVain(1), damage('kill', 0, 2), send(1)],
    ],
    [
      'a column whose name changed from payload to paylOad',
      [append(1, 5_000), damage('stop', 1_206_612_088, 4), send(1)],
    ],
  ])('agree after %s', (_, commands) => {
    expect(outcomeOf(commands)).toEqual(AS_IT_SHOULD);
  });
});

let run = 0;

function outcomeOf(commands: Iterable<Command>) {
  run += 1;
  const model = new Model();
  const agent = new Agent(path.join(base, String(run)));
  try {
    fc.modelRun(() => ({ model, real: agent }), commands);
    return judge(model, agent);
  } finally {
    agent.end();
  }
}

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
