import { afterAll, expect, test } from 'vitest';
import { defineCheck } from './check.ts';
import { CATALOGUE } from './catalogue.ts';
import type { RoundProgress } from './round.ts';
import { makeBench } from './testing/bench.ts';
import { carryOut, GRANTS, lease } from './testing/lend.ts';
import { closedPort } from './testing/index.ts';
import { granted, refusal, startTokenEndpoint } from './testing/token-endpoint.ts';

const bench = await makeBench();
const granting = await startTokenEndpoint({ tls: bench.tls }, () => granted());
const refusing = await startTokenEndpoint({ tls: bench.tls }, () =>
  refusal('invalid_grant', 70008, 'Expired.'),
);
afterAll(() => Promise.all([bench.stop(), granting.stop(), refusing.stop()]));

const task = (check: string, port: number) => ({ check, target: { name: 'sales', host: '127.0.0.1', port } });
const trust = [bench.ca.certificate];

/** Stands for a login: tells what it was lent, and can fail where a real one does. */
function signingIn(seen: (string | null)[], end: () => void = () => undefined) {
  return defineCheck({
    id: 'mail.sign-in',
    title: 'signs in',
    proves: 'that it was lent a token.',
    target: null,
    statements: ['S51'],
    needs: 'access-token',
    run: (run, _, credential) =>
      run.phase('authenticate', async () => {
        seen.push(credential.accessToken);
        end();
      }),
  });
}

test.concurrent('the tasks run one after the other, and those behind the token have it', async () => {
  const seen: (string | null)[] = [];
  const told: string[] = [];
  const onProgress = (event: RoundProgress) =>
    void told.push('phase' in event ? `${event.task.check} ${event.phase}` : `${event.task.check} ended`);
  const tasks = [task('token.refresh', granting.port), task('mail.sign-in', 1), task('mail.sign-in', 2)];
  const { results, obtained } = await carryOut(tasks, lease('refresh-token'), {
    trust,
    onProgress,
    catalogue: [...CATALOGUE, signingIn(seen)],
  });
  expect(results.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass']);
  expect(seen).toEqual([obtained[0]?.accessToken, obtained[0]?.accessToken]);
  expect(told).toEqual([
    'token.refresh connect',
    'token.refresh tls',
    'token.refresh token',
    'token.refresh ended',
    'mail.sign-in authenticate',
    'mail.sign-in ended',
    'mail.sign-in authenticate',
    'mail.sign-in ended',
  ]);
});

test.concurrent('each result has a start of its own, though all of them share one look-up', async () => {
  const endedAt: number[] = [];
  const slow = defineCheck({
    id: 'mail.slow',
    title: 'lasts',
    proves: 'that it lasted.',
    target: null,
    statements: ['S51'],
    needs: 'access-token',
    run: async () => {
      const until = Date.now() + 20;
      while (Date.now() < until) await new Promise(setImmediate);
      endedAt.push(Date.now());
    },
  });
  const aimed = (port: number) => ({ check: slow.id, target: { name: 'sales', host: 'mail.test', port } });
  const { results } = await carryOut([aimed(1), aimed(2), aimed(3)], lease('access-token'), {
    catalogue: [slow],
    lookUp: async () => ['192.0.2.1'],
  });
  const starts = results.map(({ startedAt }) => Date.parse(startedAt));
  expect(starts).toHaveLength(3);
  for (const [i, start] of starts.entries()) expect(start).toBeGreaterThanOrEqual(endedAt[i - 1] ?? 0);
});

test.concurrent('a lent access token needs no check that obtains one', async () => {
  const seen: (string | null)[] = [];
  const { results } = await carryOut([task('mail.sign-in', 1)], lease('access-token'), {
    catalogue: [signingIn(seen)],
  });
  expect([results[0]?.outcome, seen]).toEqual(['pass', [GRANTS['access-token'].accessToken]]);
});

test.concurrent('without a token the tasks that need one are skipped, and the reason names why', async () => {
  const catalogue = [...CATALOGUE, signingIn([])];
  const refused = await carryOut(
    [task('token.refresh', refusing.port), task('mail.sign-in', 1), task('tcp.connect', refusing.port)],
    lease('refresh-token'),
    { trust, catalogue },
  );
  expect(refused.results.map(({ outcome }) => outcome)).toEqual(['fail', 'skipped', 'pass']);
  expect(refused.results[1]?.reason).toBe(
    'no access token was obtained: token.refresh failed in the phase token (denied)',
  );
  const none = await carryOut([task('mail.sign-in', 1)], lease('refresh-token'), { catalogue });
  expect(none.results[0]?.reason).toBe('no access token was obtained: no check before it obtains one');
});

test.concurrent('a check whose grant is another one is skipped, and what needs its token too', async () => {
  const { results } = await carryOut(
    [task('token.redeem', granting.port), task('mail.sign-in', 1)],
    lease('refresh-token'),
    { catalogue: [...CATALOGUE, signingIn([])] },
  );
  expect(results.map(({ reason }) => reason)).toEqual([
    'token.redeem works with the grant authorization-code, and the lease has refresh-token',
    'no access token was obtained: token.redeem was skipped',
  ]);
});

test.concurrent('an application’s token is not asked for without a secret', async () => {
  const lent = lease('client-credentials', { clientSecret: null });
  const { results } = await carryOut([task('token.app-only', granting.port)], lent);
  expect(results[0]?.reason).toBe('token.app-only needs a client secret, and the lease has none');
});

test.concurrent(
  'a lease that is over is not used, and checks without credentials run all the same',
  async () => {
    const lent = lease('refresh-token', { expiresAt: '2020-01-01T00:00:00Z' });
    const tasks = [task('token.refresh', refusing.port), task('tcp.connect', refusing.port)];
    const { results } = await carryOut(tasks, lent);
    expect(results.map(({ outcome }) => outcome)).toEqual(['skipped', 'pass']);
    expect(results[0]?.reason).toBe("the lease was over at 2020-01-01T00:00:00Z, by this machine's clock");
  },
);

test.concurrent('a fault of the path is looked at once more before the tasks behind it', async () => {
  const { results } = await carryOut(
    [task('token.refresh', await closedPort()), task('mail.sign-in', 1)],
    lease('refresh-token'),
    { catalogue: [...CATALOGUE, signingIn([])] },
  );
  expect(results.map(({ outcome, repeats }) => [outcome, repeats])).toEqual([
    ['fail', null],
    ['fail', results[0]?.id],
    ['skipped', null],
  ]);
});

test.concurrent('what came as far as signing in is never done a second time', async () => {
  const seen: (string | null)[] = [];
  const cut = () => {
    throw Object.assign(new Error('cut'), { code: 'ECONNRESET' });
  };
  const { results } = await carryOut([task('mail.sign-in', 1)], lease('access-token'), {
    catalogue: [signingIn(seen, cut)],
  });
  expect(results.map(({ failure }) => failure?.code)).toEqual(['reset']);
  expect(seen).toHaveLength(1);
});

test.concurrent(
  'an order that is called off, or has no time left, answers every task as skipped',
  async () => {
    const tasks = [task('token.refresh', granting.port), task('tcp.connect', granting.port)];
    const off = await carryOut(tasks, lease('refresh-token'), { signal: AbortSignal.abort() });
    expect(off.results.map(({ reason }) => reason)).toEqual(Array(2).fill('the round was called off'));
    const late = await carryOut(tasks, lease('refresh-token'), { roundDeadlineMs: 0 });
    expect(late.results.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped']);
  },
);

test.concurrent('what the look-up of the reading host takes is not added to the round’s time', async () => {
  const left: number[] = [];
  const check = signingIn([]);
  const measured = defineCheck({
    ...check,
    needs: 'mailbox-reader',
    run: async (run, network, credential) => {
      left.push(network.deadline.remainingMs());
      await check.run(run, network, credential);
    },
  });
  const reading = { protocol: 'imap', host: 'mail.test', port: 993 } as const;
  const { results } = await carryOut([{ ...task('mail.sign-in', 1), reading }], lease('access-token'), {
    roundDeadlineMs: 600,
    catalogue: [measured],
    // never answered: given up when the round's time is over
    lookUp: () => new Promise(() => undefined),
  });
  // The look-up's timer may fire within the last millisecond: what begins then has no more than that.
  expect(results).toHaveLength(1);
  expect(left.filter((ms) => ms > 300)).toEqual([]);
});
