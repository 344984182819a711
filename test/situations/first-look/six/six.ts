import type { FirstLook } from '../situation.ts';
import { OF_ENTRA } from './entra.ts';
import { OF_MAIL } from './mail.ts';
import { OF_THE_PATH } from './path.ts';

/** The sixth set, by an author who had not read the rules: answers and paths from the RFCs and from public reports. */
export const SIX: readonly FirstLook[] = [...OF_MAIL, ...OF_ENTRA, ...OF_THE_PATH];
