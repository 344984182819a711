import { describe, expect, it } from 'vitest';
import { siteWith } from '../testing/settings.ts';
import { odditiesIn } from './field-text.ts';
import { judgeFields } from './parameter-verdicts.ts';

describe('what a field holds that no field should', () => {
  it.each([
    ['https://ece.example.com/path', []],
    ['', []],
    ['a\tb', ['control']],
    ['a\nb', ['control']],
    ['\uFEFFa', ['byte-order-mark']],
    ['a\u200Bb', ['zero-width']],
    ['a\u202Eb', ['zero-width']],
    ['a\u00A0b', ['odd-blank']],
    ['a\u3000b', ['odd-blank']],
    [' a', ['blank-at-end']],
    ['a ', ['blank-at-end']],
    ['a b', ['blank']],
    ['“a”', ['quote']],
    ["'a'", ['quote']],
    ['a&amp;b', ['html-entity']],
    ['a&#x2F;b', ['html-entity']],
    ['a%252Fb', ['encoded-twice']],
    ['a\uD800', ['broken-unicode']],
    [' "a\u200B" ', ['zero-width', 'blank-at-end', 'quote']],
  ])('%j', (text, oddities) => {
    expect(odditiesIn(text)).toEqual(oddities);
  });

  it('lets blanks stand between the parts of a list', () => {
    expect(odditiesIn('openid offline_access', { list: true })).toEqual([]);
    expect(odditiesIn('openid offline_access ', { list: true })).toEqual(['blank-at-end']);
  });

  it('is told of each field of a site by itself', () => {
    expect(judgeFields(siteWith())).toEqual([]);
    const odd = judgeFields(siteWith({ redirectUri: 'https://a.test/x ', clientId: '"c"' }));
    expect(odd.map(({ item, verdict }) => [item, verdict])).toEqual([
      ['C3', 'broken'],
      ['C3', 'broken'],
    ]);
  });
});
