import type { FirstLook } from '../situation.ts';
import { OF_ENTRA } from './entra.ts';
import { OF_FETCHING } from './fetching.ts';
import { OF_IDENTITY } from './identity.ts';
import { OF_NAMES } from './names.ts';
import { OF_THE_PATH } from './path.ts';
import { QUIET } from './quiet.ts';
import { OF_SMTP } from './smtp.ts';
import { OF_TRUST } from './trust.ts';

/** The eighth set, by one more author who had read neither the rules nor the other sets; nine of it are near misses. */
export const EIGHT: readonly FirstLook[] = [
  ...OF_NAMES,
  ...OF_THE_PATH,
  ...OF_TRUST,
  ...OF_SMTP,
  ...OF_FETCHING,
  ...OF_ENTRA,
  ...OF_IDENTITY,
  ...QUIET,
];
