import { describe, expect, it } from 'vitest';
import { inWords, say, type Told } from './catalogue.ts';
import { words } from './en.ts';

/** Sentences whose first part chooses among several. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'audience.other': ['graph', 'exchange-of-another-cloud', 'unknown'],
  'scopes.other': ['graph', 'exchange-of-another-cloud', 'unknown'],
  'redirect.refused': ['mismatch', 'unregistered', 'missing'],
  'tenant.personal': ['authorize-url', 'token'],
  'parameter.harmful': ['picks-user', 'no-code', 'unsupported', 'demands-more', 'secret'],
  'tenant.same': ['authorize-url', 'token'],
};
/** Stands for a name, a number, a list of names and a text in both languages alike. */
const ANY = Object.assign(['svc01'], { en: 'what it means', ja: 'その意味' });
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

const told = Object.entries(words).flatMap(([id, sentence]) => {
  const length = (sentence as (...parts: unknown[]) => string).length;
  const rest = Array.from({ length }, () => ANY);
  const all = CHOICES[id]?.map((choice) => [choice, ...rest.slice(1)]) ?? [rest];
  return all.map((args) => ({ id, args }) as Told);
});

describe('the words of the checklist', () => {
  it.each(told.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const [english, japanese] = [inWords(one, 'en'), inWords(one, 'ja')];
    expect(english).not.toMatch(JAPANESE);
    expect(japanese).toMatch(JAPANESE);
    for (const text of [english, japanese]) {
      expect(text).not.toMatch(/\[object|NaN|^\s|\s$/);
    }
  });

  it('keep in Japanese what the sentence is made of', () => {
    const sentence = say('redirect.other-name', 'a.example.com', 'b.example.com');
    expect(inWords(sentence, 'ja')).toBe(
      'リダイレクト URI の名前は a.example.com ですが、外部 URL は b.example.com です。',
    );
  });
});
