import { createPublicKey } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, type JWTPayload } from 'jose';
import type { Application } from '../directory.ts';
import { EntraError } from './entra-error.ts';

/** Entra accepts an assertion for ten minutes at most. */
const LONGEST_SECONDS = 600;
/** More than are good at any one time. */
const MOST = 10_000;

/** Assertions that came before, by `jti`: each is good once. */
export class UsedAssertions {
  readonly #used = new Set<string>();

  /** False for one that came before. */
  add(jti: string): boolean {
    if (this.#used.has(jti)) return false;
    this.#used.add(jti);
    const [oldest] = this.#used;
    if (this.#used.size > MOST && oldest !== undefined) this.#used.delete(oldest);
    return true;
  }
}

/** What an assertion is held against. */
export interface AssertionPlace {
  /** Audiences that mean this token endpoint. */
  readonly audiences: readonly string[];
  readonly used: UsedAssertions;
  readonly now: number;
}

const refused = (reason: string): EntraError =>
  new EntraError(700027, { text: `Client assertion failed signature validation. [Reason - ${reason}]` });

/** Numbers that Entra has for an assertion which is signed well and says the wrong thing. */
const malformed = (code: number, text: string): EntraError =>
  new EntraError({ code, error: 'invalid_client', status: 401, text });

/** Proves a client by what its certificate signed: thumbprint, signature, parties, times, and that it is new. */
export async function proveByAssertion(
  { clientId, certificates }: Application,
  assertion: string,
  { audiences, used, now }: AssertionPlace,
): Promise<void> {
  const thumbprint = thumbprintIn(assertion);
  const known = certificates.find((each) => each.thumbprint === thumbprint);
  if (!known) throw refused(`The key was not found., Thumbprint of key used by client: '${thumbprint}'`);
  if (known.expiresAt.getTime() <= now)
    throw refused(`The key used is expired., Thumbprint of key used by client: '${thumbprint}'`);
  const key = createPublicKey(known.publicKey);
  const { payload } = await compactVerify(assertion, key, { algorithms: ['PS256', 'RS256'] }).catch(() => {
    throw refused('The key was found, but use of the key to verify the signature failed.');
  });
  const {
    iss,
    sub,
    aud,
    exp = 0,
    nbf,
    iat,
    jti,
  } = JSON.parse(Buffer.from(payload).toString('utf8')) as JWTPayload;
  if (typeof aud !== 'string' || !audiences.includes(aud))
    throw malformed(700023, 'Client assertion audience claim does not match Realm issuer.');
  const begin = nbf ?? iat ?? 0;
  if (exp * 1_000 <= now || exp - begin > LONGEST_SECONDS || begin * 1_000 > now + 300_000)
    throw malformed(700024, 'Client assertion is not within its valid time range.');
  if (iss !== clientId || sub !== clientId)
    throw malformed(50027, 'JWT token is invalid or malformed: issuer and subject must be the client id.');
  if (typeof jti !== 'string' || !used.add(jti))
    throw malformed(50027, 'JWT token is invalid or malformed: jti is missing or was used before.');
}

function thumbprintIn(assertion: string): string {
  try {
    const thumbprint = decodeProtectedHeader(assertion)['x5t#S256'];
    return typeof thumbprint === 'string' ? thumbprint : '';
  } catch {
    throw malformed(50027, 'JWT token is invalid or malformed.');
  }
}
