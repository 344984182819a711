import type { FirstLook } from '../situation.ts';
import { OF_ENTRA } from './entra.ts';
import { OF_MAILBOXES } from './mailboxes.ts';
import { OF_THE_PATH } from './path.ts';
import { OF_SMTP } from './smtp.ts';

/** The fourth set: answers and states that nobody had written a rule for, from RFCs and the lists of Microsoft. */
export const FOUR: readonly FirstLook[] = [...OF_SMTP, ...OF_MAILBOXES, ...OF_ENTRA, ...OF_THE_PATH];
