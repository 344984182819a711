import type { FirstLook } from '../situation.ts';
import { OF_OTHERS } from './answers-of-others.ts';
import { OF_ENTRA } from './entra.ts';
import { OF_MAIL } from './mail.ts';
import { OF_THE_PATH } from './path.ts';
import { OF_SMTP } from './smtp.ts';

/** The sixth set, by an author who had not read the rules: answers and paths from the RFCs and from public reports. */
export const SIX: readonly FirstLook[] = [...OF_MAIL, ...OF_SMTP, ...OF_ENTRA, ...OF_OTHERS, ...OF_THE_PATH];
