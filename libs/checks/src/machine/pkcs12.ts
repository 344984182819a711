import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import type { Element } from '../io/der.ts';
import {
  childrenOf,
  INTEGER,
  MalformedDer,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  only,
  SEQUENCE,
  the,
} from '../io/der.ts';
import { UnreadableStore } from './jks.ts';

/** Identifiers of RFC 7292 and RFC 8018, as DER writes them (hexadecimal). */
const DATA = '2a864886f70d010701';
const ENCRYPTED_DATA = '2a864886f70d010706';
const CERT_BAG = '2a864886f70d010c0a0103';
const PBES2 = '2a864886f70d01050d';
const PRFS: Readonly<Record<string, string>> = {
  '2a864886f70d0207': 'sha1',
  '2a864886f70d0209': 'sha256',
  '2a864886f70d020a': 'sha384',
  '2a864886f70d020b': 'sha512',
};
const CIPHERS: Readonly<Record<string, { name: string; keyBytes: number }>> = {
  '60864801650304012a': { name: 'aes-256-cbc', keyBytes: 32 },
  '608648016503040102': { name: 'aes-128-cbc', keyBytes: 16 },
  '2a864886f70d0307': { name: 'des-ede3-cbc', keyBytes: 24 },
};
const CONTEXT_0 = 0xa0;
const PRIMITIVE_0 = 0x80;
/** Java's default is 10,000; a file that asks for more than this only wants to keep us busy. */
const MOST_ITERATIONS = 1_000_000;

/**
 * The certificates of a PKCS #12 file (RFC 7292), in DER: those of Java's own `cacerts` of today, which are not
 * encrypted, and those that the password opens. Throws UnreadableStore.
 */
export function certificatesInPkcs12(bytes: Buffer, password: string): Buffer[] {
  try {
    const [, authSafe] = childrenOf(only(bytes, SEQUENCE));
    const safes = childrenOf(only(contentOf(the(authSafe, SEQUENCE), DATA), SEQUENCE));
    return safes.flatMap((safe) => certificatesIn(the(safe, SEQUENCE), password));
  } catch (error) {
    if (error instanceof MalformedDer)
      throw new UnreadableStore('neither a Java keystore (JKS) nor a PKCS #12 file', { cause: error });
    throw error;
  }
}

/** The bytes in a ContentInfo of this type. */
function contentOf(info: Buffer, type: string): Buffer {
  const [kind, wrapped] = childrenOf(info);
  if (the(kind, OBJECT_IDENTIFIER).toString('hex') !== type)
    throw new MalformedDer('another type of content');
  return only(the(wrapped, CONTEXT_0), OCTET_STRING);
}

function certificatesIn(info: Buffer, password: string): Buffer[] {
  const [kind, wrapped] = childrenOf(info);
  const type = the(kind, OBJECT_IDENTIFIER).toString('hex');
  if (type === DATA) return bagsIn(contentOf(info, DATA));
  // Signed or enveloped for somebody else: nothing that Java would read either.
  return type === ENCRYPTED_DATA ? bagsIn(decrypted(the(wrapped, CONTEXT_0), password)) : [];
}

function bagsIn(safeContents: Buffer): Buffer[] {
  return childrenOf(only(safeContents, SEQUENCE)).flatMap((bag) => {
    const [id, value] = childrenOf(the(bag, SEQUENCE));
    if (the(id, OBJECT_IDENTIFIER).toString('hex') !== CERT_BAG) return [];
    const [, certificate] = childrenOf(only(the(value, CONTEXT_0), SEQUENCE));
    return [only(the(certificate, CONTEXT_0), OCTET_STRING)];
  });
}

function decrypted(encryptedData: Buffer, password: string): Buffer {
  const [, info] = childrenOf(only(encryptedData, SEQUENCE));
  const [, algorithm, content] = childrenOf(the(info, SEQUENCE));
  const [scheme, parameters] = childrenOf(the(algorithm, SEQUENCE));
  if (the(scheme, OBJECT_IDENTIFIER).toString('hex') !== PBES2)
    throw new UnreadableStore(
      'a PKCS #12 file that is encrypted in an outdated way: give the output of keytool -list instead',
    );
  const [derivation, cipher] = childrenOf(the(parameters, SEQUENCE));
  const [, kdf] = childrenOf(the(derivation, SEQUENCE));
  const [salt, iterations, ...rest] = childrenOf(the(kdf, SEQUENCE));
  const [cipherId, iv] = childrenOf(the(cipher, SEQUENCE));
  const known = CIPHERS[the(cipherId, OBJECT_IDENTIFIER).toString('hex')];
  const rounds = numberOf(iterations);
  if (!known || rounds > MOST_ITERATIONS)
    throw new UnreadableStore('a PKCS #12 file that is encrypted in an unknown way');
  const key = pbkdf2Sync(password, the(salt, OCTET_STRING), rounds, known.keyBytes, prfOf(rest));
  try {
    const decipher = createDecipheriv(known.name, key, the(iv, OCTET_STRING));
    return Buffer.concat([decipher.update(encryptedBytes(content)), decipher.final()]);
  } catch (error) {
    throw new UnreadableStore('a PKCS #12 file that another password opens', { cause: error });
  }
}

function numberOf(element: Element | undefined): number {
  const content = the(element, INTEGER);
  return content.length <= 4 ? Number(`0x${content.toString('hex')}`) : Infinity;
}

/** RFC 8018, appendix A.2: HMAC with SHA-1 where none is named. */
function prfOf(rest: readonly Element[]): string {
  const named = rest.find(({ tag }) => tag === SEQUENCE);
  if (!named) return 'sha1';
  const [id] = childrenOf(named.content);
  const prf = PRFS[the(id, OBJECT_IDENTIFIER).toString('hex')];
  if (prf === undefined) throw new UnreadableStore('a PKCS #12 file that is encrypted in an unknown way');
  return prf;
}

/** `[0] IMPLICIT OCTET STRING`, in one piece or in several. */
function encryptedBytes(content: Element | undefined): Buffer {
  if (content?.tag === PRIMITIVE_0) return content.content;
  return Buffer.concat(childrenOf(the(content, CONTEXT_0)).map((piece) => the(piece, OCTET_STRING)));
}
