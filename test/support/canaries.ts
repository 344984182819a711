/** So many characters of a secret in a row are no chance. */
const PIECE = 16;

/** Something that was written or said, with the class of places that it belongs to. */
export interface Place {
  class: string;
  name: string;
  /** Bytes as latin1, so that nothing of them is lost. */
  text: string;
}

/** A piece of a secret where none may be. */
export interface Sighting {
  secret: string;
  place: string;
  /** What stands before it; the piece itself is not repeated. */
  behind: string;
}

/** Secrets by name, which are recognised in every form that they are likely to take, and in pieces. */
export class Canaries {
  readonly #values = new Map<string, string>();
  readonly #pieces = new Map<string, string>();

  /** `secret` has at least 16 bytes. The first name of a value stays. */
  add(name: string, secret: string | Buffer): void {
    const bytes = Buffer.from(secret);
    const text = bytes.toString('latin1');
    if (bytes.length < PIECE) throw new Error(`${name} is too short to be recognised`);
    if (this.#values.has(text)) return;
    this.#values.set(text, name);
    for (const form of formsOf(bytes))
      for (let at = 0; at + PIECE <= form.length; at += 1)
        if (!this.#pieces.has(form.slice(at, at + PIECE))) this.#pieces.set(form.slice(at, at + PIECE), name);
  }

  /** The kinds of secrets that were added: names without their numbers. */
  get names(): string[] {
    return [...new Set(this.#values.values())];
  }

  /** How many different secrets there are. */
  get size(): number {
    return this.#values.size;
  }

  /** One sighting a secret and place, the first. */
  seenIn({ name: place, text }: Place): Sighting[] {
    const seen = new Map<string, Sighting>();
    for (let at = 0; at + PIECE <= text.length; at += 1) {
      const secret = this.#pieces.get(text.slice(at, at + PIECE));
      if (secret !== undefined && !seen.has(secret))
        seen.set(secret, { secret, place, behind: text.slice(Math.max(0, at - 120), at) });
    }
    return [...seen.values()];
  }
}

/**
 * Plain, as a URL, a form and JSON write it, in hexadecimal, and in both base64 alphabets at each offset inside
 * something longer.
 */
export function formsOf(bytes: Buffer): Set<string> {
  const plain = bytes.toString('latin1');
  const hex = bytes.toString('hex');
  const encoded = [0, 1, 2].flatMap((offset) => {
    const longer = Buffer.concat([Buffer.alloc(offset), bytes]);
    // The first characters and the last mix with what stands beside the secret.
    return (['base64', 'base64url'] as const).map((alphabet) =>
      longer
        .toString(alphabet)
        .replace(/=+$/, '')
        .slice(offset === 0 ? 0 : offset + 1, -1),
    );
  });
  return new Set([
    plain,
    encodeURIComponent(plain),
    encodeURIComponent(plain).replaceAll(/%../g, (escape) => escape.toLowerCase()),
    new URLSearchParams({ s: plain }).toString().slice(2),
    JSON.stringify(plain).slice(1, -1),
    hex,
    hex.toUpperCase(),
    ...encoded,
  ]);
}
