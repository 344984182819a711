import { afterEach, expect, it } from 'vitest';
import { CheckResult } from '@mailpath/protocol';
import { runRound } from './run-round.ts';
import { closedPort, listen, type Listener } from './testing/index.ts';

let listener: Listener | undefined;
afterEach(() => listener?.stop());

it('uses the addresses that were given for a name, looks nothing up, and says so', async () => {
  listener = await listen({ address: '127.0.0.7' }, (socket) => socket.end());
  const target = { name: 'here', host: 'Nowhere.invalid', port: listener.port };
  const [result] = await runRound([{ check: 'tcp.connect', target }], {
    roundDeadlineMs: 5_000,
    checkDeadlineMs: 5_000,
    pins: new Map([['nowhere.invalid', ['127.0.0.7']]]),
    lookUp: (host) => Promise.reject(new Error(`looked ${host} up`)),
  });
  expect(CheckResult.parse(result)).toMatchObject({
    outcome: 'pass',
    evidence: { dns: { addresses: ['127.0.0.7'], pinned: true, ms: 0 }, connect: { used: '127.0.0.7' } },
  });
});

it('says of a name that was looked up nothing of the kind', async () => {
  const target = { name: 'here', host: 'localhost', port: await closedPort() };
  const [result] = await runRound([{ check: 'tcp.connect', target }], {
    roundDeadlineMs: 5_000,
    checkDeadlineMs: 5_000,
    lookUp: () => Promise.resolve(['127.0.0.1']),
  });
  expect(result?.evidence.dns).not.toHaveProperty('pinned');
});
