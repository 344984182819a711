import type { Evidence, Owner, Phase, Bilingual } from '@mailpath/protocol';

/** What is known of one answer of Entra ID or Exchange Online. */
export interface KnownAnswer {
  /** Whole sentences: what it says. */
  meaning: Bilingual;
  /** What to do about it. */
  action: Bilingual;
  /** Items of the checklist, the main one first; none where it is no fault. */
  items: readonly string[];
  owner: Owner;
}

/** The tables of answers, as the rules of signing in ask them. Null: the answer is not known. */
export interface AnswerTables {
  /** Of the token endpoint, or of the authorize endpoint. */
  token(
    answer: Pick<NonNullable<Evidence['token']>, 'error' | 'aadsts' | 'suberror' | 'status' | 'description'>,
  ): KnownAnswer | null;
  exchange(said: { protocol: 'imap' | 'pop3' | 'smtp'; phase: Phase; line: string }): KnownAnswer | null;
}
