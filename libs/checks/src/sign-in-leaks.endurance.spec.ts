import { afterAll, expect, test } from 'vitest';
import { CATALOGUE } from './catalogue.ts';
import { pinnedAnswer } from './io/dns.ts';
import { makeBench } from './testing/bench.ts';
import { startMailHost } from './testing/index.ts';
import { signInOnce } from './testing/sign-in-once.ts';

const bench = await makeBench();
const trust = [bench.ca.certificate];
const slow = { NAMESPACE: '<t> BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds' };
const silent = { verdict: () => undefined };
const hosts = await Promise.all([
  startMailHost({ tls: bench.tls, imap: { answers: { SEARCH: '* SEARCH 7\r\n<t> OK SEARCH completed.' } } }),
  startMailHost({ tls: bench.tls, imap: { answers: slow }, smtp: { verdict: '535 5.7.3 no' } }),
  startMailHost({ tls: bench.tls, imap: silent, pop3: silent, smtp: silent }),
]);
afterAll(() => Promise.all([bench.stop(), ...hosts.map((host) => host.stop())]));

const checks = CATALOGUE.filter(({ needs }) => needs === 'access-token' || needs === 'mailbox-reader');
const inUse = (kinds: RegExp) => process.getActiveResourcesInfo().filter((kind) => kinds.test(kind)).length;
const round = () =>
  Promise.all(
    hosts.map(({ ports }, index) =>
      Promise.all(
        checks.map((check) => {
          const name = pinnedAnswer(['127.0.0.1']);
          const reading = { protocol: 'imap', host: '127.0.0.1', port: ports.imap, name } as const;
          const port = { imap: ports.imap, pop3: ports.pop3, smtp: ports.smtp }[check.target as 'imap'];
          return signInOnce(check, { port }, { trust, reading, deadlineMs: index === 2 ? 700 : 20_000 });
        }),
      ),
    ),
  );

test('sign-ins that pass, are refused, slowed down or time out leave no socket and no timer behind', async () => {
  const settled = async () => {
    await expect.poll(() => hosts.reduce((sum, host) => sum + host.open(), 0)).toBe(0);
    await expect.poll(() => inUse(/TCPSocket|TLS|TCPConnect/)).toBe(0);
    return inUse(/Timeout/);
  };
  const told = (await round()).map((results) =>
    results.map(({ failure }) => failure?.code ?? 'pass').join(' '),
  );
  expect(checks.length).toBe(4);
  expect(told).toEqual([
    'pass pass pass pass',
    'throttled pass denied denied',
    'timeout timeout timeout timeout',
  ]);
  const before = await settled();
  for (let i = 0; i < 4; i += 1) await round();
  expect(await settled()).toBeLessThanOrEqual(before);
}, 60_000);
