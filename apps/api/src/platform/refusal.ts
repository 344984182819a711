import type { Language } from '@mailpath/protocol';

/** What somebody is refused with, in the words of this case. */
export interface Refusal {
  /** What it is called wherever it is spoken of: the area, and its name there. It stays, whatever its words become. */
  readonly key: string;
  readonly words: Readonly<Record<Language, string>>;
}

/**
 * A sentence for refusals: what is wrong, and what to do. Both languages stand beside each other and take the same
 * parameters; one without Japanese does not compile. Each area has its own in `refusals.ts`.
 */
export const refusal =
  <P = void>(key: string, words: Readonly<Record<Language, (parameters: P) => string>>) =>
  (parameters: P): Refusal => ({ key, words: { en: words.en(parameters), ja: words.ja(parameters) } });
