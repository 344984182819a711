import type { CheckRun, Network } from '../check.ts';
import type { Credential } from '../credential.ts';

/** What a check works with that was lent a credential. */
export interface LentRun {
  run: CheckRun;
  network: Network;
  credential: Credential;
}
