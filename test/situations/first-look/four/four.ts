import type { FirstLook } from '../situation.ts';
import { OF_ENTRA } from './entra.ts';
import { OF_MAIL } from './mail.ts';
import { OF_THE_PATH } from './path.ts';

/** The fourth set: answers and states that nobody had written a rule for, from RFCs and the lists of Microsoft. */
export const FOUR: readonly FirstLook[] = [...OF_MAIL, ...OF_ENTRA, ...OF_THE_PATH];
