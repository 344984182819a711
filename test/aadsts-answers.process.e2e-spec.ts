import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aadsts, type CheckResult } from '@mailpath/protocol';
import type { SignIn } from '../apps/api/src/work/sign-ins/sign-in.ts';
import { AADSTS_ANSWERS, type AadstsAnswer } from '../apps/stand-in/src/entra/aadsts-answers.ts';
import { SEED_PASSWORD } from '../apps/stand-in/src/seed.ts';
import { type StandIn, startStandIn } from '../apps/stand-in/src/stand-in.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { Browser, type Page } from './support/m365-browser.ts';
import { addUser, DOMAIN, M365Site } from './support/m365-site.ts';

/** One application server could redeem only one code at a time. */
const SERVERS = { app01: '127.0.0.2', app02: '127.0.0.3' } as const;
const RETRY_AFTER = 7;
/** Sign-ins that a server has under way. */
const PEOPLE = 2;

const ANSWERS = [...AADSTS_ANSWERS.values()];
const OF_TOKEN = ANSWERS.filter(({ page }) => !page);
const OF_PAGE = ANSWERS.filter(({ page }) => page);
/** What Entra ID tells the application and not only the person. */
const SENT_BACK: ReadonlySet<number> = new Set([50058, 65004]);

let api: RunningApi;
let standIn: StandIn;
let site: M365Site;
const signIns = new Map<number, SignIn>();
const results = new Map<number, CheckResult>();
const pages = new Map<number, Page>();

const nameOf = ({ code }: AadstsAnswer): string => `of-${code}`;

beforeAll(async () => {
  api = await startApi();
  standIn = await startStandIn({ addresses: Object.values(SERVERS) });
  const servers = Object.entries(SERVERS).map(([name, address]) => [
    name,
    { roles: ['application'], address },
  ]);
  site = await M365Site.create(api, standIn, { servers: Object.fromEntries(servers) });
  const faults = ANSWERS.map((one) => ({
    id: `AADSTS${one.code}`,
    name: addUser(standIn, nameOf(one)),
    ...(one.status === 429 && { retryAfterSeconds: RETRY_AFTER }),
  }));
  standIn.faults.set('*', faults);
  const left = [...ANSWERS];
  const people = Object.keys(SERVERS).flatMap((server) =>
    Array.from({ length: PEOPLE }, async () => {
      for (let one = left.shift(); one; one = left.shift()) await signInWith(one, server);
    }),
  );
  await Promise.all(people);
});

afterAll(async () => {
  await site.close();
  await standIn.stop();
  await api.close();
});

/** A user of its own signs in, and meets the answer at the page or, behind it, at the token endpoint. */
async function signInWith(one: AadstsAnswer, server: string): Promise<void> {
  const { code, page } = one;
  const userName = `${nameOf(one)}@${DOMAIN}`;
  const { id, startUrl } = await site.startSignIn(userName, server);
  const browser = new Browser(standIn);
  const shown = await browser.signIn(await browser.start(startUrl ?? ''), {
    login: userName,
    passwd: SEED_PASSWORD,
  });
  pages.set(code, shown);
  if (shown.location === null) {
    signIns.set(code, await site.get(`/sign-ins/${id}`));
    return;
  }
  await browser.follow(shown);
  const signIn = await site.signInOver(id);
  signIns.set(code, signIn);
  if (!page) {
    const { result } = await site.get<{ result: CheckResult }>(`/results/${signIn.resultId}`);
    results.set(code, result);
  }
}

/** By the meaning of the words: asked to slow down, cannot now, or refused for good. */
function codeOf({ status, code }: AadstsAnswer): string {
  if (status === 429 || THROTTLED.has(code)) return 'throttled';
  return status >= 500 ? 'unavailable' : 'denied';
}
/** What asks to wait without HTTP 429. */
const THROTTLED: ReadonlySet<number> = new Set([50196]);

/** Seconds, where it asks to wait: as the fault says, or as the stand-in says by itself. */
function retryAfterOf({ status }: AadstsAnswer): string | null {
  if (status === 429) return String(RETRY_AFTER);
  return status >= 500 ? '30' : null;
}

describe('the numbers of Entra ID', () => {
  it('are all asked, at the token endpoint or at the page', () => {
    expect(new Set(signIns.keys())).toEqual(new Set(AADSTS_ANSWERS.keys()));
    expect(new Set(results.keys())).toEqual(new Set(OF_TOKEN.map(({ code }) => code)));
  });

  it.each(ANSWERS)('are known to the diagnosis: $code', ({ code }) => {
    expect(aadsts(code)?.codes).toContain(code);
  });
});

describe.each(OF_TOKEN)('AADSTS$code instead of a token', (answer) => {
  const { code, text, error, suberror = null, status } = answer;

  it('is stored with phase, code, number and text', () => {
    const result = results.get(code);
    expect(result).toMatchObject({
      check: 'token.redeem',
      outcome: codeOf(answer) === 'throttled' ? 'throttled' : 'fail',
      failure: { phase: 'token', code: codeOf(answer) },
      evidence: { token: { grant: 'authorization-code', status, error, aadsts: code, suberror } },
    });
    expect(result?.failure?.message).toMatch(/^login\.microsoftonline\.com:\d+ \(127\.0\.0\.[23]\) /);
    expect(result?.failure?.message).toContain(`${error}: AADSTS${code}: ${text}`);
    expect(result?.evidence.token).toMatchObject({
      description: `AADSTS${code}: ${text}`,
      traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
      refreshToken: false,
      retryAfter: retryAfterOf(answer),
    });
    expect(result?.evidence.claims).toBeUndefined();
  });

  it('ends the sign-in with its number', () => {
    const result = results.get(code);
    expect(signIns.get(code)).toMatchObject({
      state: 'failed',
      aadsts: code,
      failure: result?.failure?.message,
    });
  });
});

const isSentBack = ({ code }: AadstsAnswer): boolean => SENT_BACK.has(code);

describe('at the sign-in', () => {
  it.each(OF_PAGE.filter(isSentBack))('AADSTS$code comes back, and ends it', ({ code, text, error }) => {
    expect(signIns.get(code)).toMatchObject({
      state: 'failed',
      aadsts: code,
      failure: `Entra ID refused the sign-in with ${error}: AADSTS${code}: ${text}`,
      runId: null,
    });
  });

  it.each(OF_PAGE.filter((one) => !isSentBack(one)))(
    'AADSTS$code is shown to the person alone',
    ({ code }) => {
      expect(pages.get(code)?.text).toContain(`Message: AADSTS${code}: `);
      expect(signIns.get(code)).toMatchObject({ state: 'waiting', aadsts: null, failure: null });
    },
  );
});

it('keeps no credential of anybody who was refused', async () => {
  expect(await site.get('/credentials')).toMatchObject({ items: [] });
});
