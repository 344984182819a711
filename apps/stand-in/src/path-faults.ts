/** Faults of the path to a service, by id. */
export const PATH_FAULTS = {
  closed: 'nothing listens on the port: a connection is refused',
  'other-authority': 'TLS is answered with a certificate of CN=Corp Proxy CA, as an inspecting proxy does',
  silent: 'connections are accepted and nothing is ever said',
  'silent-above-tls': 'TLS comes about and nothing is ever said above it; submission is as with silent',
  reset: 'connections are accepted and reset as soon as the client says something',
  ended: 'connections are accepted and ended at once, in good order',
  slow: 'all that the far end says comes late (delayMs) and slowly (bytesPerSecond)',
  lossy: 'connections are cut on the path, after afterBytes bytes of the far end; share says how many',
  'certificate-expired': 'the certificate ran out yesterday',
  'certificate-not-yet-valid': 'the certificate is valid from tomorrow',
  'certificate-other-name': 'the certificate is for portal.contoso.example',
  'certificate-self-signed': 'nobody but its own key signed the certificate',
  'certificate-weak-key': 'the certificate has an RSA key of 1024 bits',
  'certificate-weak-signature': 'the certificate is signed with SHA-1',
  'certificate-no-intermediate': 'the authority between root and certificate is not sent along',
  'certificate-unknown-root': 'the root is called DigiCert Global Root G2, and is not it',
  'tls-1.0': 'TLS 1.0 is spoken and nothing newer',
  'tls-1.1': 'TLS 1.1 is spoken and nothing newer',
  'tls-1.2': 'TLS 1.2 is spoken and nothing newer',
} as const;

export type PathFault = keyof typeof PATH_FAULTS;

export const isPathFault = (id: string): id is PathFault => Object.hasOwn(PATH_FAULTS, id);
