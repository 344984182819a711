import type { Owner, Phase } from '@mailpath/protocol';
import type { ServerName } from '../site.ts';
import type { Recordable } from '../situation.ts';
import type { Claim } from './claim.ts';

/** What a person of the field would say of a situation. */
export interface FirstLookExpected {
  /** None where nothing may be told but information. */
  servers: readonly ServerName[];
  /** Where it shows; several where any of them is right, none where it shows nowhere (a server that is silent). */
  phase: readonly Phase[];
  owner: readonly Owner[];
  /** Any of these says the cause rightly. */
  says: readonly Claim[];
  /** None of these may be said by any finding. */
  mustNotSay: readonly Claim[];
}

/** One situation of a set, which leads to one finding, to none where all is well, or to two where two faults meet. */
export interface FirstLook extends Recordable {
  expected: FirstLookExpected;
  /** Of a second fault, which has nothing to do with the first: a finding of its own. */
  besides?: FirstLookExpected;
  /** In words: what has happened, for whoever reads a wrong verdict. */
  because: string;
}

const list = <T extends string>(one: T | readonly T[]): readonly T[] =>
  typeof one === 'string' ? [one] : one;

/** What is to be said, with single words where one is enough. */
export interface Said {
  on: readonly ServerName[];
  phase: Phase | readonly Phase[];
  owner: Owner | readonly Owner[];
  says: Claim | readonly Claim[];
  not?: Claim | readonly Claim[];
}

const expect = ({ on, phase, owner, says, not = [] }: Said): FirstLookExpected => ({
  servers: on,
  phase: list(phase),
  owner: list(owner),
  says: list<Claim>(says),
  mustNotSay: list<Claim>(not),
});

/** A situation: its name, why it is so, what is wrong where, and what has to be said of it. */
export const look = (name: string, because: string, faults: Recordable['faults'], said: Said): FirstLook => ({
  name,
  because,
  faults,
  expected: expect(said),
});

/** Two faults at once, that have nothing to do with each other: each is told, and nothing else is. */
export const both = (
  name: string,
  because: string,
  faults: Recordable['faults'],
  [first, second]: readonly [Said, Said],
): FirstLook => ({ name, because, faults, expected: expect(first), besides: expect(second) });

/** A near miss: it looks unusual and is well, so that no finding but information may be told. */
export const nothingToSay = (name: string, because: string, faults: Recordable['faults']): FirstLook => ({
  name,
  because,
  faults,
  expected: { servers: [], phase: [], owner: [], says: [], mustNotSay: [] },
});
