import { createHash } from 'node:crypto';
import { Agent } from 'node:https';
import { listen, makeTestCa } from '@mailpath/checks/testing';
import { AccessTokens } from '../access-tokens.ts';
import { MICROSOFT_NAMES } from '../certificate-names.ts';
import type { Application, Directory } from '../directory.ts';
import { DEVICE_PACE, type DevicePace } from '../entra/entra.ts';
import { UsedAssertions } from '../entra/client-assertion.ts';
import { Grants } from '../entra/grants.ts';
import { Faults } from '../faults.ts';
import { SEED_APPLICATION, SEED_PASSWORD, SEED_TENANT_ID, seedDirectory } from '../seed.ts';
import { webSessions } from '../web/web.ts';
import { ask, type Answer, type Ask } from './https-client.ts';

type Form = Readonly<Record<string, string>>;

export const SCOPE = 'openid profile offline_access https://outlook.office.com/IMAP.AccessAsUser.All';
export const VERIFIER = 'v'.repeat(43);

/** Entra ID of the example tenant on one port, with a clock that a test moves. */
export interface EntraBench {
  port: number;
  trust: string;
  directory: Directory;
  faults: Faults;
  tokens: AccessTokens;
  application: Application;
  /** Moves the clock on. */
  pass: (ms: number) => void;
  get: (path: string, more?: Partial<Ask>) => Promise<Answer>;
  /** Posts a form below the tenant's `oauth2/v2.0/`. */
  post: (endpoint: string, form: Form, more?: Partial<Ask>) => Promise<Answer>;
  /** Asks for tokens as the example application. */
  token: (form: Form, more?: Partial<Ask>) => Promise<Answer>;
  /** The path of a good authorization request, with these parameters changed (null: left out). */
  authorizePath: (changed?: Readonly<Record<string, string | null>>) => string;
  /** Signs in and answers what came to the redirect URI. */
  signIn: (userName?: string, changed?: Readonly<Record<string, string | null>>) => Promise<URLSearchParams>;
  /** Redeems a code that was made by `signIn`. */
  redeem: (code: string, changed?: Form) => Promise<Answer>;
  stop: () => Promise<void>;
}

export async function makeEntraBench(devicePace: DevicePace = DEVICE_PACE): Promise<EntraBench> {
  const ca = await makeTestCa();
  const tokens = await AccessTokens.create();
  const faults = new Faults();
  let passed = 0;
  const now = () => Date.now() + passed;
  const directory = seedDirectory(now());
  const world = { directory, tokens, faults, now };
  const sessions = webSessions({
    world,
    grants: new Grants(),
    usedAssertions: new UsedAssertions(),
    devicePace,
  });
  const tls = await ca.issue({ names: ['127.0.0.1', ...MICROSOFT_NAMES] });
  const { port, stop } = await listen({ tls }, (socket) => sessions(socket, '127.0.0.1'));
  const trust = ca.certificate;
  // Hundreds of handshakes would be most of the time that these specs take.
  const agent = new Agent({ keepAlive: true });
  const send = (asked: Omit<Ask, 'port' | 'trust' | 'agent'>) => ask({ port, trust, agent, ...asked });

  const bench: EntraBench = {
    port,
    trust,
    directory,
    faults,
    tokens,
    application: directory.application(SEED_APPLICATION.clientId) as Application,
    pass: (ms) => void (passed += ms),
    get: (path, more) => send({ path, ...more }),
    post: (endpoint, form, more) =>
      send({ path: `/${SEED_TENANT_ID}/oauth2/v2.0/${endpoint}`, form, ...more }),
    token: (form, more) =>
      bench.post(
        'token',
        { client_id: SEED_APPLICATION.clientId, client_secret: SEED_APPLICATION.secret, ...form },
        more,
      ),
    authorizePath: (changed) => authorizePath(changed),
    async signIn(userName = 'sales@contoso.example', changed = {}) {
      const form = { login: userName, passwd: SEED_PASSWORD };
      const answer = await send({ path: authorizePath(changed), form });
      return new URL(answer.headers.location ?? 'https://no.redirect.example').searchParams;
    },
    redeem: (code, changed = {}) =>
      bench.token({
        grant_type: 'authorization_code',
        code,
        redirect_uri: SEED_APPLICATION.redirectUri,
        code_verifier: VERIFIER,
        scope: SCOPE,
        ...changed,
      }),
    async stop() {
      agent.destroy();
      await stop();
    },
  };
  return bench;
}

function authorizePath(changed: Readonly<Record<string, string | null>> = {}): string {
  const parameters = new URLSearchParams({
    client_id: SEED_APPLICATION.clientId,
    response_type: 'code',
    redirect_uri: SEED_APPLICATION.redirectUri,
    scope: SCOPE,
    state: 'st&te',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  });
  for (const [name, value] of Object.entries(changed)) {
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  }
  return `/${SEED_TENANT_ID}/oauth2/v2.0/authorize?${parameters.toString()}`;
}

/** The number of an error's JSON. */
export function codeIn(answer: Answer): number | undefined {
  return (answer.json()['error_codes'] as number[] | undefined)?.[0];
}
