import type { FirstLook } from '../situation.ts';
import { OF_ENTRA } from './entra.ts';
import { OF_MAIL } from './mail.ts';
import { OF_THE_PATH } from './path.ts';

/** The fifth set: plain forms of many families, written after the fixes for the others, judged before its own. */
export const FIVE: readonly FirstLook[] = [...OF_MAIL, ...OF_ENTRA, ...OF_THE_PATH];
