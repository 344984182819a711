import { createHash, webcrypto, X509Certificate } from 'node:crypto';
// @peculiar/x509 asks for it before it is loaded.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** A certificate with which an application says who it is, and its key; PEM. */
export interface ClientCertificate {
  certificate: string;
  privateKey: string;
  publicKey: string;
  /** SHA-256 of the DER, in base64url. */
  thumbprint: string;
  expiresAt: Date;
}

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

/** Signs itself, as most do that are registered in Entra. */
export async function makeClientCertificate({
  bits = 2048,
  expiresAt = new Date(Date.now() + 86_400_000),
} = {}): Promise<ClientCertificate> {
  const algorithm = { ...RSA, modulusLength: bits };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Mailpath client',
    notBefore: new Date(expiresAt.getTime() - 2 * 86_400_000),
    notAfter: expiresAt,
    signingAlgorithm: RSA,
    keys,
  });
  const certificate = made.toString('pem');
  const pem = async (format: 'pkcs8' | 'spki', key: webcrypto.CryptoKey, label: string): Promise<string> => {
    const der = Buffer.from(await webcrypto.subtle.exportKey(format, key)).toString('base64');
    return `-----BEGIN ${label}-----\n${der.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;
  };
  return {
    certificate: `${certificate}\n`,
    privateKey: await pem('pkcs8', keys.privateKey, 'PRIVATE KEY'),
    publicKey: await pem('spki', keys.publicKey, 'PUBLIC KEY'),
    thumbprint: createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url'),
    expiresAt,
  };
}
