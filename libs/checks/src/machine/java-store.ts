import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import type { TrustStore } from '../io/trust-store.ts';
import { certificatesInJks, isJks, UnreadableStore } from './jks.ts';
import { certificatesInPkcs12 } from './pkcs12.ts';

/** What Java gives its `cacerts`, and most people leave. */
export const DEFAULT_STORE_PASSWORD = 'changeit';
/** `cacerts` has some 150 KiB. */
const MOST_BYTES = 16 * 1024 * 1024;
/**
 * A line of `keytool -list -v` (`SHA256:`) or of `keytool -list` (`Certificate fingerprint (SHA-256):`). Java's
 * languages and a shell's code page differ in what stands between the two: French has a blank before the colon, Chinese
 * a wide one.
 */
const FINGERPRINT = /^.{0,120}?SHA-?256.{0,8}?((?:[0-9A-F]{2}:){31}[0-9A-F]{2})$/i;
/** The same of an old Java, which says SHA-1 and no more. */
const OLD_FINGERPRINT = /(?:^|[^0-9A-F:])(?:[0-9A-F]{2}:){15}(?:(?:[0-9A-F]{2}:){4})?[0-9A-F]{2}$/im;
/** `keytool -list -rfc`, or a bundle of roots. */
const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]{1,20000})-----END CERTIFICATE-----/g;
const LONGEST_LINE = 512;

/**
 * A truststore of Java by its path, JKS or PKCS #12, or a text file with the output of `keytool -list` of it. Never
 * throws: a store that cannot be read is a fact, and `error` says why and what to do.
 */
export function readJavaStore(path: string, password: string = DEFAULT_STORE_PASSWORD): TrustStore {
  const store = { name: path, certificates: [], fingerprints: [], error: null };
  try {
    const bytes = readFileSync(path);
    if (bytes.length > MOST_BYTES) return { ...store, error: `has more than ${MOST_BYTES} bytes` };
    return { ...store, ...contentOf(bytes, password) };
  } catch (error) {
    // What is wrong with the file is what the administrator has to hear.
    return { ...store, error: reasonFor(error) };
  }
}

function contentOf(bytes: Buffer, password: string): Pick<TrustStore, 'certificates' | 'fingerprints'> {
  const SEQUENCE = 0x30;
  if (!isJks(bytes) && bytes[0] !== SEQUENCE) {
    const listing = textOf(bytes);
    const certificates = certificatesInPem(listing);
    if (certificates.length > 0) return { certificates, fingerprints: [] };
    const fingerprints = fingerprintsIn(listing);
    if (fingerprints.length > 0) return { certificates: [], fingerprints };
    if (OLD_FINGERPRINT.test(listing))
      throw new UnreadableStore(
        'a listing without SHA-256 fingerprints: give the output of keytool -list -v',
      );
    throw new UnreadableStore(
      'neither a Java keystore, nor a PKCS #12 file, nor the output of keytool -list',
    );
  }
  const found = isJks(bytes) ? certificatesInJks(bytes) : certificatesInPkcs12(bytes, password);
  return { certificates: found.flatMap(parsed), fingerprints: [] };
}

/** As a shell's `>` writes it: UTF-16 by PowerShell, else UTF-8 or the code page, whose ASCII is the same. */
function textOf(bytes: Buffer): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || second === 0) return bytes.toString('utf16le');
  if ((first === 0xfe && second === 0xff) || first === 0)
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le');
  return bytes.toString('utf8');
}

const certificatesInPem = (text: string): X509Certificate[] =>
  [...text.matchAll(PEM)].flatMap(([, base64 = '']) => parsed(Buffer.from(base64, 'base64')));

/** The SHA-256 fingerprints in what `keytool -list` prints, with or without `-v`, in upper case. */
export function fingerprintsIn(listing: string): string[] {
  const lines = listing.split(/\r?\n/).filter((line) => line.length <= LONGEST_LINE);
  const found = lines.flatMap((line) => FINGERPRINT.exec(line.trim())?.[1]?.toUpperCase() ?? []);
  return [...new Set(found)];
}

function parsed(der: Buffer): X509Certificate[] {
  try {
    return [new X509Certificate(der)];
  } catch {
    // Java passes over what it cannot read as well.
    return [];
  }
}

function reasonFor(error: unknown): string {
  if (error instanceof UnreadableStore) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file: give the path of cacerts of the Java that ECE uses';
  if (code === 'EACCES')
    return 'the agent may not read this file: let its account read it, or give the output of keytool -list';
  return message;
}
