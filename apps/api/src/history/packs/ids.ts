/** A UUIDv7 in its parts, as far as they can be told from other columns; any other UUID is all `rest`. */
export interface IdParts {
  /** Milliseconds since 1970. */
  at: number | null;
  /** The 32 bits after them, in which an agent counts. */
  count: number;
  rest: string;
}

/** Lower-case, as Postgres writes a uuid. */
export function readId(id: string): IdParts {
  const hex = id.replaceAll('-', '');
  // Version 7 and the variant of RFC 9562.
  if (hex.length !== 32 || hex[12] !== '7' || !'89ab'.includes(hex[16] ?? ''))
    return { at: null, count: 0, rest: id };
  const high = Number.parseInt(hex.slice(13, 16), 16);
  const low = Number.parseInt(hex.slice(16, 22), 16) % 2 ** 22;
  return {
    at: Number.parseInt(hex.slice(0, 12), 16),
    count: high * 2 ** 20 + Math.floor(low / 4),
    rest: (low % 4).toString(16) + hex.slice(22),
  };
}

export function writeId({ at, count, rest }: IdParts): string {
  if (at === null) return rest;
  const high = Math.floor(count / 2 ** 20);
  const low = 2 ** 23 + (count % 2 ** 20) * 4 + Number.parseInt(rest.slice(0, 1), 16);
  const hex = `${digits(at, 12)}7${digits(high, 3)}${digits(low, 6)}${rest.slice(1)}`;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const digits = (value: number, length: number): string => value.toString(16).padStart(length, '0');
