import { type Bilingual, refusedWith } from '@mailpath/protocol';

/** What somebody is refused with, in the words of this case. */
export interface Refusal {
  /** What it is called wherever it is spoken of: the area, and its name there. It stays, whatever its words become. */
  readonly key: string;
  readonly words: Bilingual;
}

interface WordsFor<P> {
  readonly en: (parameters: P) => string;
  readonly ja: (parameters: P) => string;
}

/**
 * A sentence for refusals: what is wrong, and what to do. Both languages stand beside each other and take the same
 * parameters; one without Japanese does not compile. Each area has its own in `refusals.ts`, and those about one field
 * in `field-refusals.ts`: they begin in lower case and end without a full stop, since the field's name stands before.
 */
export const refusal =
  <P = void>(key: string, words: WordsFor<P>) =>
  (parameters: P): Refusal => ({ key, words: { en: words.en(parameters), ja: words.ja(parameters) } });

/** The `error` of a schema that refuses with these words. */
export const said = ({ words }: Refusal): ReturnType<typeof refusedWith> => refusedWith(words);
