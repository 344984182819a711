import { createSecureContext, type SecureContext, type SecureVersion } from 'node:tls';
import type { TlsPair } from '@mailpath/checks/testing';

/** A key with its chain, and what of TLS is spoken with it. */
export interface ServerTls extends TlsPair {
  minVersion?: SecureVersion;
  maxVersion?: SecureVersion;
  /** OpenSSL's list; weak keys, digests and old versions need a level of their own. */
  ciphers?: string;
}

/** Made once for each. */
export function contextOf(tls: ServerTls): SecureContext {
  const { key, cert, minVersion, maxVersion, ciphers } = tls;
  const context =
    contexts.get(tls) ??
    createSecureContext({
      key,
      cert,
      ...(minVersion ? { minVersion } : {}),
      ...(maxVersion ? { maxVersion } : {}),
      ...(ciphers === undefined ? {} : { ciphers }),
    });
  contexts.set(tls, context);
  return context;
}

const contexts = new WeakMap<ServerTls, SecureContext>();
