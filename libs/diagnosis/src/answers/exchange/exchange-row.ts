import type { FailureCode, Phase, Answer, Bilingual } from '@mailpath/protocol';
import type { Right } from '../ladder/rung.ts';

export type MailProtocol = 'imap' | 'pop3' | 'smtp';

/** One answer, or one behaviour, of Exchange Online's mail servers, and what stands behind it. */
export interface ExchangeRow extends Answer {
  /** `B1` to `B16` for IMAP, `C1` to `C9` for POP3, `D1` to `D35` for SMTP. For ever. */
  readonly row: string;
  readonly protocol: MailProtocol;
  /** Where on the way it comes, as a rule: a hint, as a check may be elsewhere when it reads the line. */
  readonly phases: readonly Phase[];
  /**
   * What the line looks like. Anchored at its start, with no repetition inside another and every repetition bounded, so
   * that a hostile line costs little. Empty for what no single line shows; `sign` says then what does.
   */
  readonly patterns: readonly RegExp[];
  readonly sign?: Bilingual;
  readonly meaning: Bilingual;
  readonly remedy: Bilingual;
  /** A right that is denied, which rules have words of their own for. */
  readonly denies?: Right;
  /** What a check reports when it meets it. */
  readonly code: FailureCode;
}
