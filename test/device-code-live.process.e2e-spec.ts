import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { SignIn } from '../apps/api/src/work/sign-ins/sign-in.ts';
import { SEED_APPLICATION, SEED_PASSWORD } from '../apps/stand-in/src/seed.ts';
import { type StandIn, startStandIn } from '../apps/stand-in/src/stand-in.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { Browser } from './support/m365-browser.ts';
import { M365Site } from './support/m365-site.ts';
import { client } from './support/mail-site.ts';

const AT = { svc01: '127.0.0.2', app01: '127.0.0.3' } as const;
const SALES = 'sales@contoso.example';
const SUPPORT = 'support@contoso.example';

let api: RunningApi;
let standIn: StandIn;
let site: M365Site;

beforeAll(async () => {
  api = await startApi();
  standIn = await startStandIn({
    addresses: Object.values(AT),
    devicePace: { intervalSeconds: 1, expiresInSeconds: 900 },
  });
  site = await M365Site.create(api, standIn, {
    servers: {
      svc01: { roles: ['services'], address: AT.svc01 },
      app01: { roles: ['application'], address: AT.app01 },
    },
  });
  for (const address of [SALES, SUPPORT]) await site.addMailbox(address);
});
afterAll(async () => {
  await site.close();
  await standIn.stop();
  await api.close();
});

/** Starts one, and waits until the agent has told what to type. */
async function deviceCodeFor(userName: string): Promise<{ id: string; type: () => Promise<unknown> }> {
  const { id } = await site.startSignIn(userName, 'app01', { flow: 'device-code' });
  const { userCode, verificationUri } = await site.signInOver(id, (signIn) => signIn.userCode !== null);
  expect(new URL(verificationUri ?? '').hostname).toBe('login.microsoftonline.com');
  const person = { login: userName, passwd: SEED_PASSWORD };
  const type = () => new Browser(standIn).enterCode(verificationUri ?? '', userCode ?? '', person);
  return { id, type };
}

it('gives the first token to a server without a browser, and holds up no other user while it waits', async () => {
  const application = standIn.directory.application(SEED_APPLICATION.clientId);
  Object.assign(application ?? {}, { platform: 'public' });
  await client(api).delete(`/v1/sites/${site.id}/client-secret`).expect(204);

  const [sales, support] = [await deviceCodeFor(SALES), await deviceCodeFor(SUPPORT)];
  await support.type();
  expect(await site.signInOver(support.id)).toMatchObject({ state: 'done', failure: null });

  const running = site.run({ checks: ['imap.mailbox', 'smtp.login'] });
  await vi.waitFor(() => site.latest('app01', 'smtp.login', SUPPORT), { timeout: 120_000, interval: 100 });
  expect((await site.get<SignIn>(`/sign-ins/${sales.id}`)).state).toBe('waiting');
  const opened = await site.latest('svc01', 'imap.mailbox', SUPPORT);
  expect(opened).toMatchObject({ outcome: 'pass', evidence: { mailbox: { opened: true } } });
  await running;

  await sales.type();
  expect(await site.signInOver(sales.id)).toMatchObject({ state: 'done', failure: null });
  expect(await site.latest('app01', 'token.device-code', SALES)).toMatchObject({
    outcome: 'pass',
    evidence: { token: { grant: 'device-code', refreshToken: true }, claims: { user: SALES } },
  });
  const all = await site.resultsOf(await site.run({ checks: ['imap.mailbox', 'smtp.login'] }));
  expect(all.map(({ result }) => result.outcome)).toEqual(Array(8).fill('pass'));
});
