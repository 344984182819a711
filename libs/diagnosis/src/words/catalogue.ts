import type { Language } from '@mailpath/protocol';
import * as en from './en.ts';
import type { Exclusions, FrameWords } from './frame.ts';
import * as ja from './ja.ts';

/** What is said around the rules in one language; a rule's own words stand in its file. */
export interface Catalogue {
  excludes: Exclusions;
  frame: FrameWords;
}

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, ja };
