import type { SecureContext } from 'node:tls';
import { createSecureContext, getCACertificates } from 'node:tls';

/** Exchange Online and Entra ID refuse anything older (Microsoft: TLS 1.0 and 1.1 are out of use). */
const OPTIONS = { minVersion: 'TLSv1.2' } as const;

const made = new WeakMap<readonly string[], SecureContext>();
let plain: SecureContext | undefined;

/**
 * Node's own roots, those of NODE_EXTRA_CA_CERTS, and `extra` (PEM). Reading a few hundred roots takes some 20 ms, so a
 * list that was seen before is not read again.
 */
export function trusting(extra: readonly string[]): SecureContext {
  if (extra.length === 0) return (plain ??= createSecureContext(OPTIONS));
  const known = made.get(extra);
  if (known) return known;
  const context = createSecureContext({ ...OPTIONS, ca: [...getCACertificates('default'), ...extra] });
  made.set(extra, context);
  return context;
}
