import type { X509Certificate } from 'node:crypto';

/** A list of trusted roots beside the ones that Node knows, such as Java's `cacerts`. */
export interface TrustStore {
  /** What a person calls it: its path, or where its listing was pasted. */
  name: string;
  /** Its certificates, where they could be read. */
  certificates: readonly X509Certificate[];
  /** SHA-256 fingerprints alone (upper-case pairs with colons), as a listing shows them. */
  fingerprints: readonly string[];
  /** Why it could not be read; null when it could. */
  error: string | null;
}
