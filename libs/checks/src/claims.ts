import type { TokenClaims } from '@mailpath/protocol';
import { evidenceLines, evidenceText } from './evidence-text.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Longer ones are not read: no token that a mail server takes is. */
const LONGEST_TOKEN = 65_536;
/** Where the name of the user stands, the best source first (Microsoft: access token claims reference). */
const USER_IN_ID_TOKEN = ['preferred_username', 'upn'];
const USER_IN_ACCESS_TOKEN = ['upn', 'unique_name', 'preferred_username'];

/**
 * What the tokens say of themselves, decoded for diagnosis and not verified: the signature is none of a client's
 * business, and no decision hangs on a claim. Never throws, whatever the tokens are; every text is fit for evidence.
 */
export function claimsOf(accessToken: string, idToken: string | null): TokenClaims {
  const claims = payloadOf(accessToken);
  const opaque = claims === null;
  const { exp, iat, nbf } = timesOf(accessToken);
  return {
    ...userOf(claims, idToken === null ? null : payloadOf(idToken)),
    opaque,
    aud: joined(claims?.['aud']),
    scp: joined(claims?.['scp']),
    roles: listed(claims?.['roles']),
    tid: text(claims?.['tid']),
    appid: text(claims?.['appid']) ?? text(claims?.['azp']),
    oid: text(claims?.['oid']),
    iss: text(claims?.['iss']),
    ver: text(claims?.['ver']),
    idtyp: text(claims?.['idtyp']),
    idp: text(claims?.['idp']),
    amr: listed(claims?.['amr']),
    appidacr: text(claims?.['appidacr']) ?? text(claims?.['azpacr']),
    iat,
    nbf,
    exp,
  };
}

/** The times of an access token, seconds since 1970; all null for an opaque one. */
export function timesOf(accessToken: string): Pick<TokenClaims, 'iat' | 'nbf' | 'exp'> {
  const claims = payloadOf(accessToken);
  return { iat: number(claims?.['iat']), nbf: number(claims?.['nbf']), exp: number(claims?.['exp']) };
}

/** An access token may be opaque, or of an application that has no name for its user: the id token answers first. */
function userOf(access: Claims | null, id: Claims | null): Pick<TokenClaims, 'user' | 'userFrom'> {
  const first = (claims: Claims | null, names: readonly string[]) =>
    names.map((name) => text(claims?.[name])).find((name) => name !== null) ?? null;
  const byId = first(id, USER_IN_ID_TOKEN);
  if (byId !== null) return { user: byId, userFrom: 'id-token' };
  const byAccess = first(access, USER_IN_ACCESS_TOKEN);
  return { user: byAccess, userFrom: byAccess === null ? null : 'access-token' };
}

/** The claims of a signed JWT (RFC 7519, section 7.2); null for everything else, such as an encrypted one. */
function payloadOf(token: string): Claims | null {
  if (token.length > LONGEST_TOKEN) return null;
  const parts = token.split('.', 4);
  const payload = parts[1];
  if (parts.length !== 3 || payload === undefined) return null;
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    // A token is opaque to its client by right (RFC 6749, section 1.4): there is nothing to tell then.
    return null;
  }
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Claims) : null;
}

function text(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? evidenceText(value) : null;
}

function joined(value: unknown): string | null {
  return Array.isArray(value) ? text(listed(value).join(' ')) : text(value);
}

function listed(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return evidenceLines(values.filter((each) => typeof each === 'string'));
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
