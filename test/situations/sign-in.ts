import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Grant, Lease } from '@mailpath/protocol';
import { authorizeScope, delegatedScopes } from '../../apps/api/src/fleet/tasks/mail-scopes.ts';
import { SEED_APPLICATION, SEED_PASSWORD } from '../../apps/stand-in/src/seed.ts';
import { ask } from '../../apps/stand-in/src/testing/https-client.ts';
import type { Ground } from './ground.ts';
import { HOSTS } from './site.ts';

type CodeGrant = Extract<Grant, { kind: 'authorization-code' }>;

/** RFC 6749, section 4.4, as Entra ID wants it: all that the application was given. */
const APP_ONLY_SCOPE = 'https://outlook.office365.com/.default';
const LEASE_MS = 3_600_000;

/** What the tokens are asked for. */
export const scopesOf = ({ setUp }: Ground): readonly string[] =>
  setUp.scopes ??
  (setUp.appOnly ? [APP_ONLY_SCOPE] : null) ??
  delegatedScopes({ cloud: 'worldwide', inboundProtocol: setUp.inbound });

/** `scope` of the authorize request, with what the library adds. */
export const scopeOf = (ground: Ground): string =>
  ground.setUp.scopes === null
    ? authorizeScope({ cloud: 'worldwide', inboundProtocol: ground.setUp.inbound })
    : [...ground.setUp.scopes, 'offline_access', 'openid', 'profile'].join(' ');

/** A person signs in with a browser, in time: the code that came of it. */
export async function codeFor(ground: Ground, userName: string): Promise<CodeGrant> {
  const codeVerifier = randomBytes(32).toString('base64url');
  const { clientId, redirectUri } = SEED_APPLICATION;
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: scopeOf(ground),
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const login = ground.setUp.signsInAs.get(userName) ?? userName;
  const { headers, body } = await asked(ground, `authorize?${query.toString()}`, {
    login,
    passwd: SEED_PASSWORD,
  });
  const code = URL.parse(headers.location ?? '')?.searchParams.get('code') ?? null;
  if (code === null) throw new Error(`nobody could sign in as ${login}: ${body}`);
  return { kind: 'authorization-code', code, codeVerifier, redirectUri };
}

/** What a services server was given at an earlier time, when all was well. */
export async function refreshTokenFor(ground: Ground, userName: string): Promise<Grant> {
  const { code, codeVerifier, redirectUri } = await codeFor(ground, userName);
  const answer = await asked(ground, 'token', {
    grant_type: 'authorization_code',
    client_id: SEED_APPLICATION.clientId,
    client_secret: SEED_APPLICATION.secret,
    code,
    code_verifier: codeVerifier,
    redirect_uri: redirectUri,
    scope: scopeOf(ground),
  });
  return { kind: 'refresh-token', refreshToken: String(answer.json()['refresh_token']) };
}

/** The application's own token, as the API has it of a services server; null where Entra ID gives none. */
export async function applicationToken(ground: Ground): Promise<Grant | null> {
  const answer = await asked(ground, 'token', {
    grant_type: 'client_credentials',
    client_id: ground.setUp.clientId,
    client_secret: SEED_APPLICATION.secret,
    scope: APP_ONLY_SCOPE,
  });
  const accessToken: unknown = answer.status === 200 ? answer.json()['access_token'] : null;
  if (typeof accessToken !== 'string') return null;
  return {
    kind: 'access-token',
    accessToken,
    expiresAt: new Date(Date.now() + LEASE_MS).toISOString(),
  };
}

/** What the API lends for one user. */
export function leaseFor(ground: Ground, userName: string, grant: Grant): Lease {
  const { tenant, clientId } = ground.setUp;
  return {
    id: randomUUID(),
    expiresAt: new Date(Date.now() + LEASE_MS).toISOString(),
    userName,
    tenant,
    clientId,
    clientSecret: SEED_APPLICATION.secret,
    clientAssertion: null,
    scopes: [...scopesOf(ground)],
    grant,
  };
}

function asked(ground: Ground, endpoint: string, form: Record<string, string>) {
  const { standIn, desk } = ground;
  return ask({
    address: desk,
    port: standIn.ports.https,
    trust: standIn.authority.certificate,
    host: HOSTS.login,
    path: `/${standIn.directory.tenant.id}/oauth2/v2.0/${endpoint}`,
    form,
  });
}
