import tls, { type SecureContext } from 'node:tls';

let made: SecureContext | null = null;

/**
 * The roots for the connection to the API: Node's, NODE_EXTRA_CA_CERTS, and this machine's own store, where a company
 * keeps its authority. For this connection alone: a check that trusted a proxy's root would see what ECE's Java does
 * not. One for all connections, since reading the store takes a few hundred milliseconds.
 */
export function apiTrust(): SecureContext {
  made ??= tls.createSecureContext({
    ca: [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])],
  });
  return made;
}
