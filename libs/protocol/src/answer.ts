import type { Owner } from './finding.ts';

/**
 * Whether asking again helps: `no` until something is changed; `back-off` soon, at growing intervals; `wait` once the
 * time that the other end asks for has passed, and never faster; `user` only when a person signs in with a browser.
 */
export type Retry = 'no' | 'back-off' | 'user' | 'wait';

/** What every known answer tells besides its texts. */
export interface Answer {
  /** Items of the checklist (C1 to C11, X1 to X9), the main one first; none for a step that is no fault. */
  readonly items: readonly string[];
  readonly owner: Owner;
  readonly retry: Retry;
}
