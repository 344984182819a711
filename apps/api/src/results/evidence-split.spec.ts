import { describe, expect, it } from 'vitest';
import { canonicalJson, splitEvidence } from './evidence-split.ts';

const capability = Array.from({ length: 20 }, (_, i) => `CAPABILITY-NUMBER-${i}`);

describe('the storage of evidence', () => {
  it('keeps a short section with its result and a long one by its hash', () => {
    const split = splitEvidence({ http: { status: 200 }, imap: { greeting: '* OK', capability } });
    expect(split.inline).toEqual({ http: { status: 200 } });
    expect(Object.keys(split.hashes)).toEqual(['imap']);
    const [hash = '', content = ''] = [...split.contents][0] ?? [];
    expect(split.hashes['imap']).toBe(hash);
    expect(JSON.parse(content)).toEqual({ greeting: '* OK', capability });
  });

  it('gives the same hash to the same content, whatever the order of its keys', () => {
    const one = splitEvidence({ imap: { greeting: '* OK', capability } });
    const other = splitEvidence({ imap: { capability, greeting: '* OK' } });
    expect(other.hashes).toEqual(one.hashes);
    expect(splitEvidence({ imap: { capability, greeting: '* BYE' } }).hashes).not.toEqual(one.hashes);
  });

  it('orders the keys of nested objects and leaves lists as they are', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  });
});
