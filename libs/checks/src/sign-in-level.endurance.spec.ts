import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CheckResult } from '@mailpath/protocol';
import { afterAll, expect, test } from 'vitest';
import { CATALOGUE } from './catalogue.ts';
import type { Check } from './check.ts';
import { pinnedAnswer } from './io/dns.ts';
import { needsLease, obtainsToken, waitsForPerson } from './needs.ts';
import { runCheck } from './run-check.ts';
import { Credential } from './credential.ts';
import { makeBench } from './testing/bench.ts';
import { startMailHost } from './testing/index.ts';
import { lease } from './testing/lend.ts';
import { signInOnce } from './testing/sign-in-once.ts';
import { granted, refusal, startTokenEndpoint } from './testing/token-endpoint.ts';

const bench = await makeBench();
const trust = [bench.ca.certificate];
const good = await startMailHost({
  tls: bench.tls,
  imap: { answers: { SEARCH: '* SEARCH 7\r\n<t> OK SEARCH completed.' } },
});
const bad = await startMailHost({
  tls: bench.tls,
  imap: { verdict: '<t> NO AUTHENTICATE failed.' },
  pop3: { verdict: '-ERR Authentication failure: unknown user name or bad password.' },
  smtp: { verdict: '535 5.7.3 Authentication unsuccessful' },
});
const granting = await startTokenEndpoint({ tls: bench.tls }, () => granted());
const refusing = await startTokenEndpoint({ tls: bench.tls }, () =>
  refusal('invalid_grant', 70008, 'Expired.'),
);
const places = [good, bad, granting, refusing];
afterAll(() => Promise.all([bench.stop(), ...places.map((place) => place.stop())]));

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** What is really held: twice, since the first collection lets finalizers give things free. */
const heapMiB = () => {
  collect();
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
const inUse = (kinds: RegExp) => process.getActiveResourcesInfo().filter((kind) => kinds.test(kind)).length;

const mailbox = (check: Check, { ports }: typeof good) => {
  const name = pinnedAnswer(['127.0.0.1']);
  const reading = { protocol: 'imap', host: '127.0.0.1', port: ports.imap, name } as const;
  return signInOnce(check, { port: ports[check.target as 'imap'] }, { trust, reading, deadlineMs: 20_000 });
};
const token = (check: Check, { port }: typeof granting): Promise<CheckResult> =>
  runCheck(
    check,
    { name: 'sales', host: '127.0.0.1', port },
    {
      name: pinnedAnswer(['127.0.0.1']),
      deadlineMs: 20_000,
      trust,
      credential: new Credential(lease(obtainsToken(check.needs) ? check.needs : 'refresh-token')),
    },
  );
/** A device code is waited for; what it leaves behind is that of a token request. */
const tokenChecks = CATALOGUE.filter(({ needs }) => obtainsToken(needs) && !waitsForPerson(needs));
const mailboxChecks = CATALOGUE.filter(({ needs }) => needsLease(needs) && !obtainsToken(needs));

/** One after the other, as an order runs them. */
async function runs(most: number): Promise<void> {
  for (let done = 0; done < most;) {
    for (const [ok, host, signIn] of [
      ['pass', good, granting],
      ['fail', bad, refusing],
    ] as const) {
      for (const check of mailboxChecks) expect((await mailbox(check, host)).outcome).toBe(ok);
      for (const check of tokenChecks) expect((await token(check, signIn)).outcome).toBe(ok);
      done += mailboxChecks.length + tokenChecks.length;
    }
  }
}

test('after 200 sign-ins and token requests, good and bad, sockets, timers and heap are where they were', async () => {
  const settled = async () => {
    await expect
      .poll(() => places.reduce((sum, place) => sum + place.open(), inUse(/TCPSocket|TLS|TCPConnect/)))
      .toBe(0);
    return { timers: inUse(/Timeout|Immediate/), heap: heapMiB() };
  };
  expect([mailboxChecks.length, tokenChecks.length]).toEqual([4, 3]);
  await runs(84); // what is made once: the libraries, tables, compiled code
  const before = await settled();
  await runs(200);
  const after = await settled();
  expect(after.timers).toBeLessThanOrEqual(before.timers);
  expect(after.heap).toBeLessThan(before.heap * 1.2 + 2);
}, 120_000);
