import type { Lane, Phase } from './types.ts';

/** What the page has to know of a check: where its row stands, and the steps it walks where all goes well. */
export interface CheckFacts {
  lane: Lane;
  phases: readonly Phase[];
}
export type Catalogue = ReadonlyMap<string, CheckFacts>;

const UNKNOWN: CheckFacts = { lane: 'own', phases: ['resolve', 'connect'] };

/** A check that is not in the catalogue is one of an agent newer than the API: it is shown all the same. */
export const factsOf = (catalogue: Catalogue, check: string): CheckFacts => catalogue.get(check) ?? UNKNOWN;
