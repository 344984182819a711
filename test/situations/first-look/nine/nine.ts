import type { FirstLook } from '../situation.ts';
import { OF_ENTRA } from './entra.ts';
import { OF_FETCHING } from './fetching.ts';
import { OF_NAMES } from './names.ts';
import { OF_THE_PATH } from './path.ts';
import { QUIET } from './quiet.ts';
import { OF_SMTP } from './smtp.ts';
import { OF_TRUST } from './trust.ts';
import { TWO_FAULTS } from './two-faults.ts';
import { OF_THE_WEB } from './web.ts';

/**
 * The ninth set, by one more author who had read neither the rules nor the other sets: twelve of it are two faults at
 * once, nine are near misses.
 */
export const NINE: readonly FirstLook[] = [
  ...OF_NAMES,
  ...OF_THE_PATH,
  ...OF_TRUST,
  ...OF_THE_WEB,
  ...OF_ENTRA,
  ...OF_SMTP,
  ...OF_FETCHING,
  ...TWO_FAULTS,
  ...QUIET,
];
