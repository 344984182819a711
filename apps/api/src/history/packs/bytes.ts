/**
 * Whole numbers up to 2^53 as bytes: seven bits in each, the lowest first, the high bit set but in the last (LEB128).
 */
export class ByteWriter {
  #bytes = new Uint8Array(1_024);
  #length = 0;

  unsigned(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.#push(rest);
  }

  /** Small ones of either sign become small unsigned ones: 0, -1, 1, -2 … */
  signed(value: number): void {
    this.unsigned(value < 0 ? -2 * value - 1 : 2 * value);
  }

  text(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    this.unsigned(bytes.length);
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  done(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #push(byte: number): void {
    this.#room(1);
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + bytes));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Reads what a ByteWriter wrote, in the same order. */
export class ByteReader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** How many bytes are read. */
  get at(): number {
    return this.#at;
  }

  unsigned(): number {
    let byte = this.#next();
    if (byte < 128) return byte;
    let value = byte & 127;
    let factor = 128;
    for (;;) {
      byte = this.#next();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  text(): string {
    const length = this.unsigned();
    const from = this.#at;
    if (from + length > this.bytes.length) throw new Error('a pack ends too early');
    this.#at += length;
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + from, length).toString('utf8');
  }

  #next(): number {
    const byte = this.bytes[this.#at];
    if (byte === undefined) throw new Error('a pack ends too early');
    this.#at += 1;
    return byte;
  }
}
