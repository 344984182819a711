import { createHash } from 'node:crypto';
import type { Evidence } from '@mailpath/protocol';

/** A section whose JSON is at least this long is kept once per content; a shorter one costs less than a row and its key. */
export const SHARED_FROM_CHARACTERS = 256;

/** Evidence in the two ways it is stored: short sections in the result's row, large ones by the SHA-256 of their content. */
export interface SplitEvidence {
  inline: Record<string, unknown>;
  /** Section to hash, lower-case hexadecimal. */
  hashes: Record<string, string>;
  /** Hash to JSON text. */
  contents: Map<string, string>;
}

/**
 * A certificate chain or a capability list is the same for thousands of results, a look-up with its milliseconds never
 * is; the length tells them apart well enough, with no list of section names to keep.
 */
export function splitEvidence(evidence: Evidence): SplitEvidence {
  const split: SplitEvidence = { inline: {}, hashes: {}, contents: new Map() };
  for (const [section, facts] of Object.entries(evidence)) {
    const json = canonicalJson(facts);
    if (json.length < SHARED_FROM_CHARACTERS) {
      split.inline[section] = facts;
      continue;
    }
    const hash = createHash('sha256').update(json).digest('hex');
    split.hashes[section] = hash;
    split.contents.set(hash, json);
  }
  return split;
}

/** JSON with the keys of every object in order, so that equal content has equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
