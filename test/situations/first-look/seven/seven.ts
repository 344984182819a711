import type { FirstLook } from '../situation.ts';
import { OF_ENTRA } from './entra.ts';
import { OF_IDENTITY } from './identity.ts';
import { OF_MAIL } from './mail.ts';
import { OF_THE_PATH } from './path.ts';
import { QUIET } from './quiet.ts';
import { OF_TRUST } from './trust.ts';

/** The seventh set, by an author who had read neither the rules nor the other sets; six of it are near misses. */
export const SEVEN: readonly FirstLook[] = [
  ...OF_THE_PATH,
  ...OF_TRUST,
  ...OF_ENTRA,
  ...OF_IDENTITY,
  ...OF_MAIL,
  ...QUIET,
];
