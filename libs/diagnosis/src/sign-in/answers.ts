import type { AadstsCause, Bilingual, Evidence, Owner, Phase, Retry } from '@mailpath/protocol';
import type { Right, Rung } from '../answers/ladder/rung.ts';

/** What is known of one answer of Entra ID or Exchange Online. */
export interface KnownAnswer {
  /** Whole sentences: what it says. */
  meaning: Bilingual;
  /** What to do about it. */
  action: Bilingual;
  /** Items of the checklist, the main one first; none where it is no fault. */
  items: readonly string[];
  owner: Owner;
  /** How much is known of it: words that rest on it are no surer than that. */
  rung: Rung;
  /** Whether asking again helps. */
  retry: Retry;
  /** The rule that tells of a number; null for words and lines. */
  cause: AadstsCause | null;
  /** A right that is denied; null for anything else. */
  denies: Right | null;
}

/** The tables of answers, as the rules of signing in ask them. Null: the answer is not known. */
export interface AnswerTables {
  /** Of the token endpoint, or of the authorize endpoint. */
  token(
    answer: Pick<NonNullable<Evidence['token']>, 'error' | 'aadsts' | 'suberror' | 'status' | 'description'>,
  ): KnownAnswer | null;
  exchange(said: { protocol: 'imap' | 'pop3' | 'smtp'; phase: Phase; line: string }): KnownAnswer | null;
}
