// npm run soak -- [--minutes 60] [--agents 10]: the built API under the load of a large site, for as long as is asked;
// prints how memory, open files and answers change over time. Judges nothing below ten minutes.
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { textTable } from '@mailpath/terminal';
import type { RunningApi } from '../support/api.ts';
import { createSite, deliveriesFrom, enrolServer, ScriptedAgent } from '../support/scripted-agent.ts';
import { memoryMiB, withApi } from './built-api.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, agents: { type: 'string', default: '10' } },
});
const minutes = Number(values.minutes);
const count = Number(values.agents);
/** What starts is compiled and cached first; slopes are of what comes after. */
const WARM_UP_SHARE = 0.2;
const LOOK_MS = 2_000;
/** A batch of each agent in this time is 20 results a minute. */
const BATCH_MS = 15_000;
const BATCH = 5;
/** Below this a slope is that of the warm-up. */
const JUDGED_MINUTES = 10;
const MOST = { memory: 1, files: 6, answers: 100 } as const;

interface Look {
  minute: number;
  memoryMiB: number;
  files: number;
  answerMs: number;
}

const apiKey = `mpk_${randomBytes(32).toString('base64url')}`;
const looks: Look[] = [];
let acknowledged = 0;

await withApi(
  async (url, pid) => {
    // What these ask of an API is its address and its key: supertest takes an address as well.
    const api = { url, server: url, apiKey } as unknown as RunningApi;
    const siteId = await createSite(api, { name: 'soak' });
    const agents: ScriptedAgent[] = [];
    for (let i = 0; i < count; i += 1)
      agents.push(await ScriptedAgent.join(url, await enrolServer(api, siteId, `soak${i}`)));
    const began = performance.now();
    const minute = (): number => (performance.now() - began) / 60_000;
    const deliver = async (agent: ScriptedAgent): Promise<void> => {
      await delay(Math.random() * BATCH_MS);
      for (let first = 1; minute() < minutes; first += BATCH) {
        await agent.deliver(deliveriesFrom(first, BATCH));
        acknowledged += BATCH;
        await delay(BATCH_MS);
      }
    };
    const work = agents.map(deliver);
    while (minute() < minutes) {
      const asked = performance.now();
      await (await fetch(`${url}/health/live`)).text();
      const answerMs = performance.now() - asked;
      const files = readdirSync(`/proc/${pid}/fd`).length;
      looks.push({ minute: minute(), memoryMiB: memoryMiB(pid), files, answerMs });
      const headers = { authorization: `Bearer ${apiKey}` };
      await (await fetch(`${url}/v1/sites/${siteId}/comparison`, { headers })).text();
      await delay(LOOK_MS);
    }
    await Promise.all(work);
    for (const agent of agents) await agent.leave();
  },
  { MAILPATH_INITIAL_API_KEY: apiKey },
);

const settled = looks.filter(({ minute }) => minute > minutes * WARM_UP_SHARE);
const slopes = {
  memory: slopeAnHour('memoryMiB'),
  files: slopeAnHour('files'),
};
const answers = settled.map(({ answerMs }) => answerMs).toSorted((a, b) => a - b);
const p99 = answers[Math.min(answers.length - 1, Math.floor(answers.length * 0.99))] ?? 0;
const last = settled.at(-1);
process.stdout.write(
  `${textTable({
    head: ['what', 'at the end', 'slope or level', 'bound'],
    rows: [
      [
        'resident memory',
        `${Math.round(last?.memoryMiB ?? 0)} MiB`,
        `${slopes.memory.toFixed(1)} MiB/h`,
        `${MOST.memory} MiB/h`,
      ],
      ['open files', String(last?.files ?? 0), `${slopes.files.toFixed(1)} /h`, `${MOST.files} /h`],
      ['answer of /health/live, p99', '', `${p99.toFixed(1)} ms`, `${MOST.answers} ms`],
    ],
    width: process.stdout.columns ?? 120,
  })}\n${count} agents, ${minutes} minutes, ${acknowledged} results acknowledged\n`,
);
const isHeld = slopes.memory <= MOST.memory && slopes.files <= MOST.files && p99 <= MOST.answers;
if (minutes < JUDGED_MINUTES)
  process.stdout.write('Too short to be judged: slopes are those of the warm-up.\n');
else process.exitCode = isHeld ? 0 : 1;

/** By least squares. */
function slopeAnHour(of: 'memoryMiB' | 'files'): number {
  const mean = (value: (look: Look) => number): number =>
    settled.reduce((sum, look) => sum + value(look), 0) / Math.max(1, settled.length);
  const [x, y] = [mean(({ minute }) => minute), mean((look) => look[of])];
  const spread = settled.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
  const joint = settled.reduce((sum, look) => sum + (look.minute - x) * (look[of] - y), 0);
  return spread === 0 ? 0 : (joint / spread) * 60;
}
