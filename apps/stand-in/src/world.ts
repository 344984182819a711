import type { AccessTokens } from './access-tokens.ts';
import type { Directory } from './directory.ts';
import type { Faults } from './faults.ts';

/** What all services of the stand-in share. */
export interface World {
  directory: Directory;
  tokens: AccessTokens;
  faults: Faults;
  /** Milliseconds since 1970. */
  now: () => number;
}
