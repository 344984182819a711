/** What was read is no keystore, or not one of the kind that it says it is. */
export class UnreadableStore extends Error {}

const JKS = 0xfeed_feed;
const JCEKS = 0xcece_cece;
const PRIVATE_KEY = 1;
const TRUSTED = 2;
/** A truststore has some hundred entries. */
const MOST_ENTRIES = 10_000;

/** Whether these bytes begin like Java's own keystores. */
export function isJks(bytes: Buffer): boolean {
  return bytes.length >= 12 && [JKS, JCEKS].includes(bytes.readUInt32BE(0));
}

/**
 * The trusted certificates of a Java keystore of the type JKS or JCEKS, in DER (`sun.security.provider.JavaKeyStore`):
 * they are not encrypted, and the digest behind them, which needs the password, is not looked at. Throws
 * UnreadableStore.
 */
export function certificatesInJks(bytes: Buffer): Buffer[] {
  const reader = new Reader(bytes);
  reader.number();
  const version = reader.number();
  if (version !== 1 && version !== 2) throw new UnreadableStore(`a Java keystore of version ${version}`);
  const count = reader.number();
  if (count > MOST_ENTRIES) throw new UnreadableStore(`a Java keystore that says it has ${count} entries`);
  const found: Buffer[] = [];
  const certificate = () => {
    if (version === 2) reader.text();
    return reader.bytes(reader.number());
  };
  for (let entry = 0; entry < count; entry += 1) {
    const tag = reader.number();
    reader.text();
    reader.bytes(8);
    if (tag === TRUSTED) found.push(certificate());
    else if (tag === PRIVATE_KEY) {
      reader.bytes(reader.number());
      for (let more = reader.number(); more > 0; more -= 1) certificate();
    } else throw new UnreadableStore(`a Java keystore with an entry of the kind ${tag}`);
  }
  return found;
}

class Reader {
  readonly #all: Buffer;
  #at = 0;

  constructor(all: Buffer) {
    this.#all = all;
  }

  bytes(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#all.length) throw new UnreadableStore('a Java keystore that ends too soon');
    const found = this.#all.subarray(this.#at, end);
    this.#at = end;
    return found;
  }

  number(): number {
    return this.bytes(4).readUInt32BE(0);
  }

  /** Java's modified UTF-8; nobody looks at what it says. */
  text(): void {
    this.bytes(this.bytes(2).readUInt16BE(0));
  }
}
