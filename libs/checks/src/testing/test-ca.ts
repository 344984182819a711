import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
// @peculiar/x509 asks for it before it is loaded.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const KEYS = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const WEAK_KEYS = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 1024,
  publicExponent: Uint8Array.of(1, 0, 1),
  hash: 'SHA-256',
};
const DAY_MS = 86_400_000;

/** A private key and the chain that goes with it (the server's own certificate first), both PEM. */
export interface TlsPair {
  key: string;
  cert: string;
}

export interface Issue {
  /** Host names and addresses for the subject alternative names; the first is the common name. */
  names: readonly string[];
  /** Valid until yesterday. */
  expired?: boolean;
  /** Valid from tomorrow. */
  notYetValid?: boolean;
  /** An RSA key of 1024 bits, or a signature with SHA-1: what OpenSSL refuses at its default level. */
  weak?: 'key' | 'signature';
  /** URLs of OCSP responders, for the certificate's authority information access. */
  ocsp?: readonly string[];
  /** URLs of revocation lists, for its CRL distribution points. */
  crl?: readonly string[];
  /** Where the issuer's certificate can be had, for its authority information access. */
  caIssuers?: readonly string[];
  /** Without the root in what is sent, as public servers do. */
  withoutRoot?: boolean;
  /** An authority between the root and the certificate; it is sent along, or it is missing from what is sent. */
  intermediate?: 'sent' | 'missing';
}

/** A certificate authority of one test run. */
export interface TestCa {
  /** Its own certificate, PEM: what a probe has to trust. */
  certificate: string;
  /** Its distinguished name as a result shows it. */
  subject: string;
  issue(wanted: Issue): Promise<TlsPair>;
}

/** Makes an authority; another name makes another one that knows nothing of the first. */
export async function makeTestCa(name = 'Mailpath Test CA', organisation = 'Mailpath'): Promise<TestCa> {
  const keys = await newKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: distinguished(name, organisation),
    ...validity(),
    signingAlgorithm: KEYS,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const certificate = root.toString('pem');
  const issue = async (wanted: Issue): Promise<TlsPair> => {
    const between = wanted.intermediate && (await intermediateOf(root, keys, organisation));
    const own = await (wanted.weak === 'key'
      ? webcrypto.subtle.generateKey(WEAK_KEYS, true, ['sign', 'verify'])
      : newKeys());
    const leaf = await x509.X509CertificateGenerator.create({
      subject: distinguished(wanted.names[0] ?? 'nobody'),
      issuer: (between?.certificate ?? root).subject,
      publicKey: own.publicKey,
      signingKey: (between?.keys ?? keys).privateKey,
      signingAlgorithm: wanted.weak === 'signature' ? { ...KEYS, hash: 'SHA-1' } : KEYS,
      ...validity(wanted),
      extensions: [
        alternativeNames(wanted.names),
        new x509.BasicConstraintsExtension(false),
        ...revocationOf(wanted),
      ],
    });
    // The root is sent along, as interceptors do: an unknown one then shows as a self-signed certificate in the chain.
    const sent = [
      leaf,
      ...(between && wanted.intermediate === 'sent' ? [between.certificate] : []),
      ...(wanted.withoutRoot ? [] : [root]),
    ];
    return { key: await privateKey(own), cert: sent.map((each) => `${each.toString('pem')}\n`).join('') };
  };
  return { certificate, subject: `CN=${name}, O=${organisation}`, issue };
}

async function intermediateOf(
  root: x509.X509Certificate,
  rootKeys: webcrypto.CryptoKeyPair,
  organisation: string | undefined,
) {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: distinguished('Mailpath Test Issuing CA', organisation),
    issuer: root.subject,
    publicKey: keys.publicKey,
    signingKey: rootKeys.privateKey,
    signingAlgorithm: KEYS,
    ...validity(),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  return { certificate, keys };
}

/** A certificate that nobody but its own key signed. */
export async function selfSigned(names: readonly string[]): Promise<TlsPair> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: distinguished(names[0] ?? 'nobody'),
    ...validity(),
    signingAlgorithm: KEYS,
    keys,
    extensions: [alternativeNames(names)],
  });
  return { key: await privateKey(keys), cert: certificate.toString('pem') };
}

/** The organisation stands before the common name in the certificate, as in real ones. */
function distinguished(commonName: string, organisation = 'Mailpath'): string {
  return `O=${organisation}, CN=${commonName}`;
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify']);
}

async function privateKey({ privateKey: key }: webcrypto.CryptoKeyPair): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function validity({ expired = false, notYetValid = false }: Partial<Issue> = {}): {
  notBefore: Date;
  notAfter: Date;
} {
  const now = Date.now();
  return {
    notBefore: new Date(now + (notYetValid ? 1 : -30) * DAY_MS),
    notAfter: new Date(now + (expired ? -1 : 30) * DAY_MS),
  };
}

function revocationOf({ ocsp = [], crl = [], caIssuers = [] }: Issue): x509.Extension[] {
  const hasAccess = ocsp.length + caIssuers.length > 0;
  return [
    ...(hasAccess
      ? [new x509.AuthorityInfoAccessExtension({ ocsp: [...ocsp], caIssuers: [...caIssuers] })]
      : []),
    ...(crl.length > 0 ? [new x509.CRLDistributionPointsExtension([...crl])] : []),
  ];
}

function alternativeNames(names: readonly string[]): x509.SubjectAlternativeNameExtension {
  return new x509.SubjectAlternativeNameExtension(
    names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
  );
}
