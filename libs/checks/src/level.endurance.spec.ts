import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, test } from 'vitest';
import { standardTasks } from './catalogue.ts';
import { runRound } from './run-round.ts';
import { closedPort, makeTestCa, startMailHost } from './testing/index.ts';

const ca = await makeTestCa();
const names = ['127.0.0.1'];
const host = await startMailHost({ tls: await ca.issue({ names }) });
const intercepted = await startMailHost({ tls: await (await makeTestCa('Corp Proxy CA')).issue({ names }) });
afterAll(() => Promise.all([host.stop(), intercepted.stop()]));

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** What is really held: twice, since the first collection lets finalizers give things free. */
const heapMiB = () => {
  collect();
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

test('after 1,000 runs, good and bad, sockets, timers and heap are where they were', async () => {
  const tasks = standardTasks('worldwide', {
    ...host.targets,
    // one port closed, one opened by another authority: what fails must leave as little behind as what passes
    pop3: { host: '127.0.0.1', port: await closedPort() },
    imap: { host: '127.0.0.1', port: intercepted.ports.imap },
  });
  const options = { roundDeadlineMs: 20_000, checkDeadlineMs: 10_000, trust: [ca.certificate] };
  const rounds = async (runs: number) => {
    for (let done = 0; done < runs; done += tasks.length) {
      const results = await runRound(tasks, options);
      const wanted = tasks.map(({ target }) => (['imap', 'pop3'].includes(target.name) ? 'fail' : 'pass'));
      expect(results.map(({ outcome }) => outcome)).toEqual(wanted);
    }
  };
  const inUse = (kinds: RegExp) => process.getActiveResourcesInfo().filter((kind) => kinds.test(kind)).length;
  const settled = async () => {
    await expect.poll(() => host.open() + intercepted.open() + inUse(/TCPSocket|TLS|TCPConnect/)).toBe(0);
    return { timers: inUse(/Timeout|Immediate/), heap: heapMiB() };
  };
  await rounds(120); // what is made once: contexts, tables, compiled code
  const before = await settled();
  await rounds(1_000);
  const after = await settled();
  expect(after.timers).toBeLessThanOrEqual(before.timers);
  expect(after.heap).toBeLessThan(before.heap * 1.2 + 2);
}, 120_000);
