import type { Owner } from '@mailpath/protocol';
import type { FaultName } from './faults.ts';
import type { PlainFault } from './plain-fault.ts';
import type { Inbound, ServerName } from './site.ts';

/** What is wrong, and for which servers. */
export interface FaultAt {
  on: readonly ServerName[] | '*';
  what: FaultName | PlainFault;
}

/** One finding that must come of it. */
export interface Expected {
  servers: readonly ServerName[];
  /** Ids of the rules that name the cause rightly. */
  cause: readonly string[];
  /** Who may be named as the one to act. */
  owner: readonly Owner[];
  /** Of the checklist: the finding has one of these. */
  items: readonly string[];
}

/** What can be brought about and recorded. */
export interface Recordable {
  /** In plain words. */
  name: string;
  faults: readonly FaultAt[];
}

/** Something that goes wrong at a site, and what has to be said of it. */
export interface Situation extends Recordable {
  expected: readonly Expected[];
  /** IMAP unless told. */
  inbound?: Inbound;
}

/** The cause that a situation's author has in mind, with who must act and where it belongs in the checklist. */
export interface Meant {
  cause: string | readonly string[];
  owner: Owner | readonly Owner[];
  items: string | readonly string[];
}

const list = <T extends string>(one: T | readonly T[]): readonly T[] =>
  typeof one === 'string' ? [one] : one;

/** A finding that holds for these servers. */
export const found = (servers: readonly ServerName[], { cause, owner, items }: Meant): Expected => ({
  servers,
  cause: list<string>(cause),
  owner: list(owner),
  items: list<string>(items),
});

/**
 * One fault, which must lead to one finding for the very servers that have it; `elsewhere` where it shows on others.
 */
export const single = (
  name: string,
  on: readonly ServerName[],
  what: FaultName,
  meant: Meant,
  elsewhere: readonly ServerName[] = on,
): Situation => ({ name, faults: [{ on, what }], expected: [found(elsewhere, meant)] });
