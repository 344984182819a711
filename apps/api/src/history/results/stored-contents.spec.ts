import { describe, expect, it } from 'vitest';
import { StoredContents } from './stored-contents.ts';

const MORNING = new Date('2026-03-01T00:00:00.000Z');
const EVENING = new Date('2026-03-01T23:59:59.999Z');
const NEXT_DAY = new Date('2026-03-02T00:00:00.000Z');

function filled(limit: number, keys: readonly string[], now = MORNING): StoredContents {
  const contents = new StoredContents(limit);
  contents.remember(keys, now, contents.era);
  return contents;
}

const known = (contents: StoredContents, keys: readonly string[], now = MORNING): string[] =>
  keys.filter((key) => contents.has(key, now));

describe('the contents that are known to be stored', () => {
  it('are known for the day that is written beside them, and on no other', () => {
    const contents = filled(9, ['a', 'b']);
    expect(known(contents, ['a', 'b', 'c'], EVENING)).toEqual(['a', 'b']);
    expect(known(contents, ['a', 'b'], NEXT_DAY)).toEqual([]);
    contents.remember(['b'], NEXT_DAY, contents.era);
    expect(known(contents, ['a', 'b'], NEXT_DAY)).toEqual(['b']);
    expect(known(contents, ['a', 'b'], MORNING)).toEqual([]);
  });

  it('are bounded: what was not seen for longest goes first', () => {
    const contents = filled(3, ['a', 'b', 'c']);
    contents.has('a', MORNING);
    contents.remember(['d', 'b'], MORNING, contents.era);
    expect(known(contents, ['a', 'b', 'c', 'd'])).toEqual(['a', 'b', 'd']);
  });

  it('are of one Postgres, as long as it runs', () => {
    const contents = new StoredContents();
    contents.areOf('started at one');
    contents.remember(['a'], MORNING, contents.era);
    contents.areOf('started at one');
    expect(known(contents, ['a'])).toEqual(['a']);
    const { era } = contents;
    contents.areOf('started at two');
    contents.remember(['b'], MORNING, era);
    expect(known(contents, ['a', 'b'])).toEqual([]);
  });

  it('are forgotten as a whole, with what a transaction from before that has still to tell', () => {
    const contents = filled(9, ['a']);
    const { era } = contents;
    contents.forget();
    contents.remember(['b'], MORNING, era);
    expect(known(contents, ['a', 'b'])).toEqual([]);
    contents.remember(['b'], MORNING, contents.era);
    expect(known(contents, ['a', 'b'])).toEqual(['b']);
  });
});
