import { CheckResult } from '@mailpath/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { standardTasks } from './catalogue.ts';
import { runRound } from './run-round.ts';
import type { MailHost, TestCa } from './testing/index.ts';
import { makeTestCa, startMailHost } from './testing/index.ts';

let ca: TestCa;
let host: MailHost;

beforeAll(async () => {
  ca = await makeTestCa();
  host = await startMailHost({ tls: await ca.issue({ names: ['127.0.0.1'] }) });
});
afterAll(() => host.stop());

test('a healthy host passes every standard check, in the order of the tasks', async () => {
  const tasks = standardTasks('worldwide', host.targets);
  const results = await runRound(tasks, {
    roundDeadlineMs: 10_000,
    checkDeadlineMs: 5_000,
    trust: [ca.certificate],
  });
  expect(results.map(({ check, outcome, failure }) => ({ check, outcome, failure }))).toEqual(
    tasks.map(({ check }) => ({ check, outcome: 'pass', failure: null })),
  );
  for (const result of results) expect(CheckResult.parse(result)).toEqual(result);
});
