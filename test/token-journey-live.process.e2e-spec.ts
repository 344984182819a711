import type { TokenClaims } from '@mailpath/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Clock } from '../apps/api/src/platform/clock.ts';
import type { Run } from '../apps/api/src/work/runs/run.ts';
import type { Application } from '../apps/stand-in/src/directory.ts';
import type { Fault } from '../apps/stand-in/src/faults.ts';
import { SEED_APPLICATION, SEED_PASSWORD } from '../apps/stand-in/src/seed.ts';
import { type StandIn, startStandIn } from '../apps/stand-in/src/stand-in.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { M365Site } from './support/m365-site.ts';
import { dump } from './support/mail-site.ts';

const AT = { svc01: '127.0.0.2', app01: '127.0.0.3', app02: '127.0.0.4' } as const;
const SALES = 'sales@contoso.example';
/** A mailbox of the shared account. */
const SUPPORT = 'support@contoso.example';
const SHARED = 'ece@contoso.example';
const ADMIN = 'admin@contoso.example';
const MAIL = ['imap.mailbox', 'pop3.mailbox', 'smtp.login'];
const MINUTE_MS = 60_000;

let api: RunningApi;
let standIn: StandIn;
let site: M365Site;
let application: Application;
let aheadMs = 0;

/** The API's clock goes on, so that nobody has to wait for the budget of a mailbox. */
function later(ms = MINUTE_MS): void {
  aheadMs += ms;
  api.app.get(Clock).now = () => new Date(Date.now() + aheadMs);
}

beforeAll(async () => {
  api = await startApi();
  standIn = await startStandIn({ addresses: Object.values(AT) });
  application = standIn.directory.application(SEED_APPLICATION.clientId) as Application;
  site = await M365Site.create(api, standIn, {
    inboundProtocol: 'undecided',
    servers: {
      svc01: { roles: ['services'], address: AT.svc01 },
      app01: { roles: ['application'], address: AT.app01 },
      app02: { roles: ['application'], address: AT.app02 },
    },
  });
  await site.addMailbox(SALES, { roundTrip: true });
  await site.addMailbox(SUPPORT, { userName: SHARED });
});
beforeEach(() => later());
afterAll(async () => {
  await site.close();
  await standIn.stop();
  await api.close();
});

const switchOn = async (server: keyof typeof AT, ...faults: Fault[]): Promise<void> => {
  standIn.faults.set(AT[server], faults);
  await standIn.settled();
};

/** What of a run did not pass, at first sight: server, check, of whom, and where it broke. */
async function troubleIn(run: Run): Promise<string[]> {
  const results = await site.resultsOf(run);
  expect(results.length).toBeGreaterThan(0);
  return results
    .filter(({ result }) => result.outcome !== 'pass' && result.repeats === null)
    .map(({ server, result: { check, target, failure, outcome } }) => {
      const of = target.mailbox?.split('@')[0];
      return [server, check, of, ...(failure ? [failure.phase, failure.code] : [outcome])].join(' ');
    })
    .toSorted((a, b) => a.localeCompare(b));
}

const mailRun = (checks: readonly string[] = MAIL) => site.run({ checks });

/** What is broken is mended: everything passes again. */
async function expectMended(): Promise<void> {
  later();
  const run = await mailRun();
  expect(run.servers.flatMap(({ withheld }) => withheld)).toEqual([]);
  expect(await troubleIn(run)).toEqual([]);
}

describe('the journey of a token', () => {
  it('goes from the browser by the application server to the mailbox, and comes back as mail', async () => {
    for (const userName of [SALES, SHARED])
      expect(await site.signIn(userName, 'app01')).toMatchObject({ state: 'done', failure: null });
    const redeemed = await site.latest('app01', 'token.redeem', SALES);
    expect(redeemed).toMatchObject({ outcome: 'pass', evidence: { claims: { user: SALES } } });
    expect(redeemed.evidence.token).toMatchObject({ grant: 'authorization-code', refreshToken: true });

    const run = await mailRun([...MAIL, 'mail.round-trip']);
    expect(await troubleIn(run)).toEqual([]);
    expect(run.servers.map(({ name, received }) => [name, received])).toEqual([
      ['app01', 2],
      ['app02', 2],
      ['svc01', 5 + 4],
    ]);
    const refreshed = await site.latest('svc01', 'token.refresh', SALES);
    expect(refreshed.evidence.token).toMatchObject({ grant: 'refresh-token', status: 200 });
    for (const check of ['imap.mailbox', 'pop3.mailbox'])
      expect((await site.latest('svc01', check, SUPPORT)).evidence.mailbox).toMatchObject({ opened: true });
    const alarm = await site.latest('app02', 'smtp.login', SALES);
    expect(alarm.evidence.submission?.mailFrom).toMatch(/^250 /);
    const trip = await site.latest('svc01', 'mail.round-trip', SALES);
    expect(trip.evidence.roundTrip).toMatchObject({ via: 'imap', removed: true });
  });
});

describe('a journey that breaks', () => {
  it('where the first token is made: the client secret is wrong', async () => {
    await site.putSecret('the~id~and~not~the~value');
    expect(await site.signIn(SALES, 'app01')).toMatchObject({ state: 'failed', aadsts: 7_000_215 });
    expect(await site.latest('app01', 'token.redeem', SALES)).toMatchObject({
      failure: { phase: 'token', code: 'denied' },
      evidence: { token: { status: 401, error: 'invalid_client', aadsts: 7_000_215 } },
    });
    await site.putSecret(SEED_APPLICATION.secret);
    expect(await site.signIn(SALES, 'app01')).toMatchObject({ state: 'done' });
    await expectMended();
  });

  it('where it is refreshed: the services server does not reach the sign-in host', async () => {
    await switchOn('svc01', { id: 'closed', service: 'https' });
    expect(await troubleIn(await mailRun())).toEqual([
      'svc01 imap.mailbox sales skipped',
      'svc01 imap.mailbox support skipped',
      'svc01 pop3.mailbox sales skipped',
      'svc01 pop3.mailbox support skipped',
      'svc01 smtp.login sales skipped',
      'svc01 smtp.login support skipped',
      'svc01 token.refresh ece connect refused',
      'svc01 token.refresh sales connect refused',
    ]);
    expect((await site.latest('svc01', 'imap.mailbox', SALES)).reason).toMatch(
      /token\.refresh failed in the phase connect \(refused\)/,
    );
    await switchOn('svc01');
    await expectMended();
  });

  it('where it is refreshed: nobody has used the token for too long', async () => {
    await switchOn('svc01', { id: 'AADSTS700082', name: SALES });
    const trouble = await troubleIn(await mailRun());
    expect(trouble).toContain('svc01 token.refresh sales token denied');
    expect(trouble.filter((line) => !line.includes(' sales '))).toEqual([]);
    expect((await site.latest('svc01', 'token.refresh', SALES)).evidence.token?.aadsts).toBe(700_082);
    // That was the token which this server handed in itself; the one that is known to be good is refused as well.
    later();
    expect(await troubleIn(await mailRun())).toContain('svc01 token.refresh sales token denied');
    await switchOn('svc01');
    later();
    // A refused token is not shown again, so that no account gets locked.
    const [held] = (await site.run({ checks: MAIL, servers: ['svc01'] })).servers;
    expect(held?.withheld).toMatchObject([{ userName: SALES, reason: expect.stringMatching(/refused/) }]);
    expect(await site.signIn(SALES, 'app01')).toMatchObject({ state: 'done' });
    await expectMended();
  });

  it('where the mailbox opens: the shared account lost its full access', async () => {
    const mailbox = standIn.directory.mailbox(SUPPORT);
    const rights = mailbox?.fullAccess.splice(0) ?? [];
    expect(await troubleIn(await mailRun())).toEqual([
      'svc01 imap.mailbox support open-mailbox denied',
      'svc01 pop3.mailbox support authenticate denied',
    ]);
    expect((await site.latest('svc01', 'imap.mailbox', SUPPORT)).failure?.message).toContain(
      'BAD User is authenticated but not connected.',
    );
    mailbox?.fullAccess.push(...rights);
    expect(await site.signIn(SHARED, 'app01')).toMatchObject({ state: 'done' });
    await expectMended();
  });

  it('where the mailbox opens: IMAP is off for the user', async () => {
    const user = standIn.directory.user(SALES);
    Object.assign(user ?? {}, { imapEnabled: false });
    expect(await troubleIn(await mailRun())).toEqual(['svc01 imap.mailbox sales open-mailbox denied']);
    Object.assign(user ?? {}, { imapEnabled: true });
    await expectMended();
  });

  it('where alarms are sent: 587 is closed for one application server', async () => {
    await switchOn('app02', { id: 'closed', service: 'smtp' });
    expect(await troubleIn(await mailRun())).toEqual([
      'app02 smtp.login sales connect refused',
      'app02 smtp.login support connect refused',
    ]);
    await switchOn('app02');
    await expectMended();
  });

  it('in no way when another user signed in, the one of the workstation: nothing of his is kept', async () => {
    const signIn = await site.signIn(SALES, 'app01', { login: ADMIN });
    expect(signIn).toMatchObject({ state: 'failed', failure: expect.stringMatching(/Nothing was kept/) });
    const { items } = await site.get<{ items: { userName: string; claims: TokenClaims }[] }>('/credentials');
    expect(items.find(({ userName }) => userName === SALES)?.claims.user).toBe(SALES);
    await expectMended();
  });

  it('because consent is missing: at the sign-in, and at the next refresh', async () => {
    const scopes = application.scopes.splice(0, 1);
    expect(await site.signIn(SALES, 'app01')).toMatchObject({ state: 'failed', aadsts: 65_001, runId: null });
    const trouble = await troubleIn(await mailRun());
    expect(trouble.filter((line) => !line.endsWith('skipped'))).toEqual([
      'svc01 token.refresh ece token denied',
      'svc01 token.refresh sales token denied',
    ]);
    expect((await site.latest('svc01', 'token.refresh', SALES)).evidence.token).toMatchObject({
      aadsts: 65_001,
      suberror: 'consent_required',
    });
    application.scopes.push(...scopes);
    for (const userName of [SALES, SHARED])
      expect(await site.signIn(userName, 'app01')).toMatchObject({ state: 'done' });
    await expectMended();
  });

  it('for a while: the sign-in host asks to slow down, and is left alone for as long', async () => {
    await switchOn('svc01', { id: 'HTTP-429', name: SALES, retryAfterSeconds: 180 });
    const trouble = await troubleIn(await mailRun());
    expect(trouble).toContain('svc01 token.refresh sales token throttled');
    expect(trouble.filter((line) => !line.includes(' sales '))).toEqual([]);
    expect(await site.latest('svc01', 'token.refresh', SALES)).toMatchObject({
      outcome: 'throttled',
      evidence: { token: { status: 429, retryAfter: '180' } },
    });
    await switchOn('svc01');
    later();
    const { servers } = await mailRun();
    const held = servers.flatMap(({ withheld }) => withheld.map(({ userName }) => userName));
    expect(held).toEqual(Array(3).fill(SALES));
    later(2 * MINUTE_MS);
    await expectMended();
  });
});

it('leaves no secret in the database, nor in what the agents print', async () => {
  const printed = Object.values(site.agents).map(({ process }) => process?.stdout ?? '');
  const kept = [await dump(api), ...printed].join('\n');
  expect(kept).toContain(SALES);
  // A token begins with JSON, and an XOAUTH2 string with "user=", in base64.
  expect(kept).not.toMatch(/eyJ[\w-]{20}|dXNlcj/);
  for (const secret of [SEED_APPLICATION.secret, SEED_PASSWORD]) expect(kept).not.toContain(secret);
});
