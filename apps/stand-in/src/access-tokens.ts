import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose';

/** Who a token speaks for. `userName` is null for the application's own token. */
export interface TokenSubject {
  userName: string | null;
  objectId: string;
  clientId: string;
  tenantId: string;
  /** Delegated permissions (claim `scp`), empty for the application's own token. */
  scopes: readonly string[];
  /** Application permissions (claim `roles`), empty for a user's token. */
  roles: readonly string[];
  /** A public client, which proves nothing of itself (claim `appidacr`: 0); a secret proved it when left out (1). */
  isPublicClient?: boolean;
}

export interface AccessTokenClaims extends TokenSubject {
  audience: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

/**
 * Signs tokens as Entra ID does (RS256, version 1.0 claims for Exchange Online) and reads them as Exchange Online does.
 */
export class AccessTokens {
  readonly #privateKey: CryptoKey;
  readonly #publicKey: CryptoKey;
  readonly #publicJwk: JWK;

  private constructor(privateKey: CryptoKey, publicKey: CryptoKey, publicJwk: JWK) {
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
    this.#publicJwk = publicJwk;
  }

  static async create(): Promise<AccessTokens> {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: randomUUID(), use: 'sig', alg: 'RS256' };
    return new AccessTokens(privateKey, publicKey, jwk);
  }

  /** RFC 7517. */
  get keySet(): { keys: JWK[] } {
    return { keys: [this.#publicJwk] };
  }

  /** Any signed token of this authority; the caller gives the claims, and `kid` is the key's. */
  async sign(claims: Record<string, unknown>): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: this.#publicJwk.kid as string })
      .sign(this.#privateKey);
  }

  /** An access token; `issuedAt` in seconds since 1970. */
  issue(subject: TokenSubject, audience: string, issuedAt: number, lifetimeSeconds: number): Promise<string> {
    const { userName, objectId, clientId, tenantId, scopes, roles, isPublicClient = false } = subject;
    return this.sign({
      aud: audience,
      iss: `https://sts.windows.net/${tenantId}/`,
      iat: issuedAt,
      nbf: issuedAt,
      exp: issuedAt + lifetimeSeconds,
      appid: clientId,
      appidacr: isPublicClient ? '0' : '1',
      oid: objectId,
      tid: tenantId,
      ver: '1.0',
      ...(userName === null
        ? { roles: [...roles], idtyp: 'app' }
        : { scp: scopes.join(' '), upn: userName, unique_name: userName, amr: ['pwd'], idtyp: 'user' }),
    });
  }

  /** What Exchange Online makes of a token: null for one that is not of this authority, or has run out. */
  async verify(token: string): Promise<AccessTokenClaims | null> {
    try {
      const { payload } = await jwtVerify(token, this.#publicKey);
      const text = (name: string): string => (typeof payload[name] === 'string' ? payload[name] : '');
      return {
        userName: text('upn') || null,
        objectId: text('oid'),
        clientId: text('appid'),
        tenantId: text('tid'),
        scopes: text('scp').split(' ').filter(Boolean),
        roles: Array.isArray(payload['roles']) ? payload['roles'].map(String) : [],
        audience: text('aud'),
        expiresAt: payload.exp ?? 0,
      };
    } catch {
      // Whatever is wrong with a token, Exchange Online gives no reason.
      return null;
    }
  }
}
