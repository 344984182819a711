import { afterAll, expect, test } from 'vitest';
import { makeBench } from '../testing/bench.ts';
import { carryOut, lease, seenIn } from '../testing/lend.ts';
import { phasesOf } from '../testing/probe-once.ts';
import type { TokenReply } from '../testing/token-endpoint.ts';
import { granted, refusal, startTokenEndpoint } from '../testing/token-endpoint.ts';

const bench = await makeBench();
afterAll(() => bench.stop());

const DEVICE = {
  user_code: 'KFLM9XYZ2',
  device_code: 'TheDeviceCode-canary-0123456789',
  verification_uri: 'https://microsoft.com/devicelogin',
  expires_in: 900,
  interval: 1,
  message: 'To sign in, use a web browser.',
};
const pending = refusal('authorization_pending', 70016, 'Pending.');

/** Answers the first request with a device code and the polls with the others, the last one for ever. */
async function signedInBy(
  replies: TokenReply[],
  options: { roundDeadlineMs?: number; device?: object } = {},
) {
  const { device = {}, ...given } = options;
  const endpoint = await startTokenEndpoint({ tls: bench.tls }, (_, nth) =>
    nth === 0 ? { json: { ...DEVICE, ...device } } : (replies[Math.min(nth, replies.length) - 1] ?? {}),
  );
  const tasks = [
    { check: 'token.device-code', target: { name: 'sales', host: '127.0.0.1', port: endpoint.port } },
  ];
  const carried = await carryOut(tasks, lease('device-code'), {
    trust: [bench.ca.certificate],
    // The person has all of the round's time.
    checkDeadlineMs: 1_000,
    ...given,
  });
  await endpoint.stop();
  return { ...carried, result: carried.results[0], endpoint };
}

test.concurrent('the code is shown, asked for at its interval, and gives the tokens', async () => {
  const { result, codes, obtained, endpoint } = await signedInBy([pending, granted()]);
  expect(result).toMatchObject({ outcome: 'pass', failure: null });
  expect(codes).toMatchObject([
    { userCode: 'KFLM9XYZ2', verificationUri: 'https://microsoft.com/devicelogin' },
  ]);
  expect(obtained).toHaveLength(1);
  expect(phasesOf(result as never)).toEqual(['connect', 'tls', 'token']);
  expect(endpoint.requests.map(({ path }) => path.split('/').at(-1))).toEqual([
    'devicecode',
    'token',
    'token',
  ]);
  expect(endpoint.requests[1]?.form.get('device_code')).toBe(DEVICE.device_code);
  expect(result?.evidence.token).toMatchObject({ error: null, aadsts: null, status: 200 });
  expect(seenIn(result, [DEVICE.device_code, DEVICE.user_code])).toEqual([]);
});

test.concurrent.each([
  ['expired_token', 70019],
  ['authorization_declined', 65004],
  ['access_denied', 53003],
])('%s ends it with its AADSTS number', async (error, aadsts) => {
  const { result, results, obtained, endpoint } = await signedInBy([refusal(error, aadsts, 'No.')]);
  expect(result?.failure).toMatchObject({ phase: 'token', code: 'denied' });
  expect(result?.failure?.message).toContain(`${error}: AADSTS${aadsts}: No.`);
  expect(result?.evidence.token).toMatchObject({ error, aadsts });
  expect([results.length, obtained.length, endpoint.requests.length]).toEqual([1, 0, 2]);
});

test.concurrent(
  'nobody who signs in is a time-out, and what was said last is kept',
  { timeout: 120_000 },
  async () => {
    const { result, results } = await signedInBy([pending], { roundDeadlineMs: 6_000 });
    expect(results).toHaveLength(1);
    expect(result?.failure).toMatchObject({ phase: 'token', code: 'timeout' });
    expect(result?.evidence.token).toMatchObject({ error: 'authorization_pending', aadsts: 70016 });
  },
);

test.concurrent('a code that expires before anybody signs in is told so', async () => {
  const { result } = await signedInBy([pending], { device: { expires_in: 1 } });
  expect(result?.failure).toMatchObject({ phase: 'token', code: 'timeout' });
  expect(result?.failure?.message).toMatch(/had nobody sign in before the device code expired$/);
});

test.concurrent.each([
  ['verification_uri', 'http://evil.example', /"verification_uri" is no https URL$/],
  ['user_code', 'x'.repeat(65), /"user_code" is no text of 1 to 64 characters$/],
  ['device_code', 7, /"device_code" is no text/],
  ['expires_in', -1, /"expires_in" is no number of seconds$/],
])('a device authorization whose %s is %s is not shown', async (name, value, message) => {
  const { result, codes, endpoint } = await signedInBy([granted()], { device: { [name]: value } });
  expect(result?.failure?.message).toMatch(message);
  expect([codes.length, endpoint.requests.length]).toEqual([0, 1]);
});

test.concurrent('an interval of nothing is no flood of polls', async () => {
  const { endpoint } = await signedInBy([pending], { roundDeadlineMs: 1_800, device: { interval: 0 } });
  // The code and at most one poll: a second passes before each.
  expect(endpoint.requests.length).toBeLessThanOrEqual(2);
});

test.concurrent('slow_down is waited for, and the sign-in goes on', { timeout: 120_000 }, async () => {
  const { result, endpoint } = await signedInBy([refusal('slow_down', 70016, 'Slower.'), granted()]);
  expect(result?.outcome).toBe('pass');
  expect(endpoint.requests).toHaveLength(3);
});

test.concurrent(
  'polls leave no trace of their connections, and go to the addresses that were looked up once',
  async () => {
    const asked: string[] = [];
    const tls = await bench.ca.issue({ names: ['login.test'] });
    const endpoint = await startTokenEndpoint({ tls }, (_, nth) =>
      nth === 0 ? { json: DEVICE } : nth === 1 ? pending : granted(),
    );
    const target = { name: 'login', host: 'login.test', port: endpoint.port };
    const { results } = await carryOut([{ check: 'token.device-code', target }], lease('device-code'), {
      trust: [bench.ca.certificate],
      resolvers: [],
      roundTrip: false,
      lookUp: async (name) => {
        asked.push(name);
        return ['127.0.0.1'];
      },
    });
    await endpoint.stop();
    expect(results[0]?.failure).toBeNull();
    expect(phasesOf(results[0] as never)).toEqual(['resolve', 'connect', 'tls', 'token']);
    expect([asked, endpoint.accepted()]).toEqual([['login.test'], 3]);
  },
);
