import { constants, randomUUID, sign, X509Certificate } from 'node:crypto';

/** Entra's most; a lease is over sooner. */
const LONGEST_SECONDS = 600;
/** By how much the clocks may differ. */
const EARLIER_SECONDS = 60;

export interface AssertionFor {
  readonly clientId: string;
  /** The token endpoint. */
  readonly audience: string;
  readonly now: Date;
  /** Until when the lease is good that it goes with. */
  readonly expiresAt: Date;
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** By which Entra finds the certificate (RFC 7515, section 4.1.8): SHA-256 of its DER in base64url. */
export const thumbprintOf = ({ fingerprint256 }: X509Certificate): string =>
  Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');

/**
 * What proves a client once and for minutes, signed with the key of its certificate (RFC 7523, section 3). PEM both;
 * PS256, as Microsoft writes it.
 */
export function clientAssertion(
  { certificate, privateKey }: { certificate: string; privateKey: string },
  { clientId, audience, now, expiresAt }: AssertionFor,
): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  const begin = seconds - EARLIER_SECONDS;
  const header = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprintOf(new X509Certificate(certificate)) };
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: randomUUID(),
    iat: begin,
    nbf: begin,
    exp: Math.min(begin + LONGEST_SECONDS, Math.ceil(expiresAt.getTime() / 1_000)),
  };
  const input = `${part(header)}.${part(claims)}`;
  const key = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
}
