import type { FirstLook } from '../situation.ts';
import { OF_ENTRA } from './entra.ts';
import { OF_IDENTITY_AND_SILENCE } from './identity.ts';
import { OF_MAIL } from './mail.ts';
import { OF_NAMES } from './names.ts';
import { OF_THE_PATH } from './path.ts';
import { OF_TLS } from './tls.ts';

/** The second set: whole roles and sites, things that come and go, answers of the protocols’ own codes. */
export const TWO: readonly FirstLook[] = [
  ...OF_NAMES,
  ...OF_THE_PATH,
  ...OF_TLS,
  ...OF_ENTRA,
  ...OF_MAIL,
  ...OF_IDENTITY_AND_SILENCE,
];
