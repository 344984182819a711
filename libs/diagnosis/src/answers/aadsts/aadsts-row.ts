import type { Answer } from '../answer.ts';
import type { Bilingual } from '../bilingual.ts';

/**
 * The only thing that helps: a new interactive sign-in, a change to the application's registration, a change to the tenant's
 * policy, a change in the network, or time.
 */
export type AadstsGroup = 'new-sign-in' | 'application' | 'policy' | 'network' | 'transient';

/** What one error number of Entra ID means for mail, or several numbers that mean the same. */
export interface AadstsRow extends Answer {
  /** The digits after `AADSTS`. */
  readonly codes: readonly number[];
  readonly meaning: Bilingual;
  readonly action: Bilingual;
  readonly group?: AadstsGroup;
}
