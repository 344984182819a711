import type { Answer } from '../answer.ts';
import type { Bilingual } from '../bilingual.ts';

/**
 * What can stand behind a number: the id of the rule that tells of it. `token.denied` is the refusal as such, of which
 * no more is known than its words; `token.unavailable` passes by itself (Microsoft's list of codes: try again later);
 * with `throttled` Entra ID asks to slow down.
 */
export const AADSTS_CAUSES = [
  'token.secret',
  'token.consent',
  'token.redirect',
  'token.redirect-platform',
  'token.registration',
  'token.other-tenant-grant',
  'token.account',
  'token.revoked',
  'token.policy',
  'token.restricted',
  'token.denied',
  'token.unavailable',
  'throttled',
] as const;
export type AadstsCause = (typeof AADSTS_CAUSES)[number];

/** What one error number of Entra ID means for mail, or several numbers that mean the same. */
export interface AadstsRow extends Answer {
  /** The digits after `AADSTS`. */
  readonly codes: readonly number[];
  readonly cause: AadstsCause;
  readonly meaning: Bilingual;
  readonly action: Bilingual;
}
