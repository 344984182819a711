import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes of a key for the box: AES-256. */
export const KEY_BYTES = 32;

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a sealed value belongs. It is bound in: the value cannot be opened in any other row, for any other purpose. */
export interface Place {
  /** What the value is, such as `client-secret`. */
  readonly purpose: string;
  readonly siteId: string;
  /** The key of its row within the site. */
  readonly key: string;
}

/** A value that was sealed with another key, for another place, or was changed since. Which of these cannot be told. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
}

/** Keeps secrets at rest: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits for each value. */
export class SecretBox {
  readonly #key: Buffer;

  /** Throws RangeError for a key that does not have 32 bytes. */
  constructor(key: Buffer) {
    if (key.length !== KEY_BYTES) throw new RangeError(`a key has ${KEY_BYTES} bytes`);
    this.#key = key;
  }

  /** Version, nonce, tag and ciphertext, one after the other. */
  seal(secret: string, place: Place): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(boundTo(place));
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text]);
  }

  /** Throws CannotOpen. */
  open(sealed: Buffer, place: Place): string {
    if (sealed[0] !== VERSION || sealed.length < 1 + NONCE_BYTES + TAG_BYTES)
      throw new CannotOpen(`the sealed ${place.purpose} has a form that is not known here`);
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
    const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
    const text = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(place)).setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new CannotOpen(
        `the sealed ${place.purpose} cannot be opened: it was sealed with another key, or it was changed`,
        { cause },
      );
    }
  }
}

/** As JSON, so that no two places read the same. */
const boundTo = ({ purpose, siteId, key }: Place): Buffer =>
  Buffer.from(JSON.stringify(['mailpath', VERSION, purpose, siteId, key]));
