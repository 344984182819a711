import { OF_MAIL } from './singles/mail.ts';
import { OF_NAMES } from './singles/names.ts';
import { OF_PROXY_AND_CLOCK, OF_THE_PATH } from './singles/path.ts';
import { OF_THE_TALK } from './singles/talk.ts';
import { OF_TLS } from './singles/tls.ts';
import { OF_TOKENS } from './singles/token.ts';
import type { Situation } from './situation.ts';

/** One thing that is wrong. */
export const SINGLES: readonly Situation[] = [
  ...OF_NAMES,
  ...OF_THE_PATH,
  ...OF_TLS,
  ...OF_THE_TALK,
  ...OF_PROXY_AND_CLOCK,
  ...OF_TOKENS,
  ...OF_MAIL,
];
