/** A text in both languages of the product. A translation that is missing does not compile. */
export interface Bilingual {
  readonly en: string;
  readonly ja: string;
}

/** An error for a person: `message` is the English text, `said` has both. */
export class BilingualError extends Error {
  override readonly name: string = 'BilingualError';
  readonly said: Bilingual;
  constructor(said: Bilingual, options?: ErrorOptions) {
    super(said.en, options);
    this.said = said;
  }
}

/** What an error says in both languages; that of a system or a library, which knows one, as it is. */
export function saidBy(error: unknown): Bilingual {
  if (error instanceof BilingualError) return error.said;
  const text = error instanceof Error ? error.message : String(error);
  return { en: text, ja: text };
}

/**
 * What a schema refuses with, in both languages: `z.int(refusedWith(…))`, `.min(1, refusedWith(…))`. The words go with
 * zod's issue, as `said`: zod asks for the message first, and then copies what the raw issue has.
 */
export const refusedWith = (said: Bilingual): { error: (issue: object) => string } => ({
  error: (issue) => {
    Object.assign(issue, { said });
    return said.en;
  },
});
