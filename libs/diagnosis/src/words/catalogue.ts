import type { Language } from '@mailpath/protocol';
import * as en from './en.ts';
import type { Exclusions, FrameWords } from './frame.ts';
import * as ja from './ja.ts';
import type { Told } from './told.ts';

/** Every rule has its words under its id. */
export type RuleId = keyof typeof en.rules;
/** What the words of a rule are made of. */
export type ParamsOf<Id extends RuleId> = Parameters<(typeof en.rules)[Id]['sentence']>[0];
/** What a rule adds to what all rules tell. */
export type DetailsOf<Id extends RuleId> = Omit<ParamsOf<Id>, keyof Told>;

/** Everything that is said in one language. */
export interface Catalogue {
  rules: typeof en.rules;
  excludes: Exclusions;
  frame: FrameWords;
}

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, ja };

export const isRuleId = (id: string): id is RuleId => Object.hasOwn(en.rules, id);
