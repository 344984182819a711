import type { Owner } from '@mailpath/protocol';
import type { NameTrouble, ResolverTrouble } from '../evidence/name-troubles.ts';
import { distinct } from '../look.ts';
import type { Told } from './told.ts';

/** What the words on a look-up without an address are made of. */
export interface NameDetails {
  troubles: readonly ResolverTrouble[];
  /** Other servers that one of these resolvers gives addresses. */
  answersOthers: readonly string[];
}

export type NameTold = Told & NameDetails;

/** The words for one trouble. */
export interface TroubleWords {
  /** What the resolver did: a part of a sentence. */
  did(resolver: string): string;
  cause(p: NameTold): string;
  step(p: NameTold, resolvers: string): string;
}

export type TroubleTable = Readonly<Record<Exclude<NameTrouble, 'unknown'>, TroubleWords>>;

const OWNERS: Readonly<Partial<Record<NameTrouble, Owner>>> = {
  'no-resolver': 'server-administrator',
  prohibited: 'server-administrator',
  unreachable: 'network',
  truncated: 'network',
};

/** A resolver that others get answers from does its work: where it is silent to this server, the path is at fault. */
export function ownerOfTroubles({ troubles, answersOthers }: NameTold): Owner {
  const owners = new Set(
    troubles.map(({ trouble }) => {
      const unheard = trouble === 'no-answer' || trouble === 'port-closed';
      return unheard && answersOthers.length > 0 ? 'network' : (OWNERS[trouble] ?? 'dns');
    }),
  );
  const [owner = 'dns'] = owners;
  return owners.size === 1 ? owner : 'dns';
}

/** Whether somebody was asked who can be named. A finding that an older version stored has no troubles. */
export const isTold = ({ troubles = [] }: Partial<NameDetails>): boolean =>
  troubles.some(({ trouble }) => trouble !== 'unknown');

/** Something else than that the name does not exist, which is what its absence means by itself. */
export const saysMore = ({ troubles = [] }: Partial<NameDetails>): boolean =>
  troubles.some(({ trouble }) => trouble !== 'unknown' && trouble !== 'nxdomain');

/** Each trouble that has words, with the resolvers that had it. */
export function byTrouble({ troubles }: NameDetails): [keyof TroubleTable, string[]][] {
  const found = new Map<keyof TroubleTable, string[]>();
  for (const { trouble, resolver } of troubles)
    if (trouble !== 'unknown') found.set(trouble, distinct([...(found.get(trouble) ?? []), resolver]));
  return [...found];
}
