import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { invalidField } from '../../platform/errors.ts';
import {
  certificateExpired,
  certificateUnreadable,
  keyNotRsa,
  keyOfAnother,
  keyUnreadable,
  pemForm,
  type PemOf,
  pemOnly,
} from '../field-refusals.ts';
import { type Refusal, said } from '../../platform/refusal.ts';

const pem = (of: PemOf) =>
  z
    .string()
    .max(20_000, said(pemOnly({ of })))
    // openssl pkcs12 tells of the bag first.
    .regex(/-----BEGIN [A-Z ]+-----\r?\n/, said(pemForm({ of })));

/** Body of `PUT /v1/sites/{siteId}/client-certificate`. */
export const ClientCertificateSetting = z
  .strictObject({ certificate: pem('certificate'), privateKey: pem('privateKey') })
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
    certificateUnreadable(),
    () => new X509Certificate(setting.certificate),
  );
  const key = read('privateKey', keyUnreadable(), () => createPrivateKey(setting.privateKey));
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_BITS)
    throw invalidField('privateKey', keyNotRsa({ bits: LEAST_BITS }));
  if (!certificate.checkPrivateKey(key)) throw invalidField('privateKey', keyOfAnother());
  if (certificate.validToDate <= now) throw invalidField('certificate', certificateExpired());
  return certificate;
}

function read<T extends X509Certificate | KeyObject>(field: string, refusal: Refusal, work: () => T): T {
  try {
    return work();
  } catch {
    // Whatever OpenSSL says of it, it is of no use here, and may quote it.
    throw invalidField(field, refusal);
  }
}
