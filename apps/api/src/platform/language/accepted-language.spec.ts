import { describe, expect, it } from 'vitest';
import { acceptedLanguage } from './accepted-language.ts';

describe('the accepted language', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['ja', 'ja'],
    ['JA-jp', 'ja'],
    ['ja-JP-u-ca-japanese', 'ja'],
    ['en-GB, ja;q=0.9', 'en'],
    ['en;q=0.5, ja;q=0.9', 'ja'],
    ['ja;q=0.5, en;q=0.5', 'ja'],
    ['fr-CH, fr;q=0.9, ja;q=0.8, en;q=0.7, *;q=0.5', 'ja'],
    ['*', 'en'],
    ['*, en;q=0', 'ja'],
    ['ja;q=0.1, *;q=0.5', 'en'],
    ['ja;q=0', 'en'],
    ['ja;q=0, *', 'en'],
    ['ja-JP ; q=0.3 , de', 'ja'],
    ['de', 'en'],
    // No tag, or no weight: left out, as if it had not been said.
    ['jap_anese, ja;q=2', 'ja'],
    ['ja;q=0.1234', 'ja'],
    [';;,,=,', 'en'],
    ['j'.repeat(10_000), 'en'],
  ] as const)('of %j is %s', (header, language) => {
    expect(acceptedLanguage(header)).toBe(language);
  });
});
