import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { invalidField } from '../../platform/errors.ts';

const pem = (what: string) =>
  z
    .string()
    .max(20_000, `write ${what} as PEM alone`)
    // openssl pkcs12 tells of the bag first.
    .regex(/-----BEGIN [A-Z ]+-----\r?\n/, `write ${what} as PEM: it has a line that begins with -----BEGIN`);

/** Body of `PUT /v1/sites/{siteId}/client-certificate`. */
export const ClientCertificateSetting = z
  .strictObject({ certificate: pem('the certificate'), privateKey: pem('the private key') })
  .meta({ id: 'ClientCertificateSetting' });
export type ClientCertificateSetting = z.infer<typeof ClientCertificateSetting>;

/** What is told of the certificate; never the key. */
export const ClientCertificateFacts = z
  .object({
    setAt: z.iso.datetime(),
    subject: z.string(),
    thumbprint: z.string(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'ClientCertificateFacts' });
export type ClientCertificateFacts = z.infer<typeof ClientCertificateFacts>;

/** What Entra demands of a key that signs (PS256). */
const LEAST_BITS = 2048;

/** The certificate, as long as it and the key can sign for a client now. Throws validation, which repeats neither. */
export function usableCertificate(setting: ClientCertificateSetting, now: Date): X509Certificate {
  const certificate = read(
    'certificate',
    'this certificate cannot be read',
    () => new X509Certificate(setting.certificate),
  );
  const key = read(
    'privateKey',
    'this key cannot be read: write it as PEM without a passphrase, as openssl pkcs12 -nocerts -nodes -in file.pfx prints it',
    () => createPrivateKey(setting.privateKey),
  );
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_BITS)
    throw invalidField('privateKey', `Entra accepts RSA keys of ${LEAST_BITS} bits or more alone`);
  if (!certificate.checkPrivateKey(key))
    throw invalidField('privateKey', 'this key is not that of the certificate');
  if (certificate.validToDate <= now)
    throw invalidField(
      'certificate',
      'this certificate has expired: make a new one, and register it in Entra',
    );
  return certificate;
}

function read<T extends X509Certificate | KeyObject>(field: string, message: string, work: () => T): T {
  try {
    return work();
  } catch {
    // Whatever OpenSSL says of it, it is of no use here, and may quote it.
    throw invalidField(field, message);
  }
}
