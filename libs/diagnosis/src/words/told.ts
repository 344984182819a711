import type { Bilingual, Confidence, Language, Owner, Retry } from '@mailpath/protocol';
import { atMost, type Rung } from '../answers/ladder/rung.ts';

/**
 * How a cause spreads over the servers that looked at the same thing: `alone` when no other server could say anything
 * of it,
 * `one` or `some` when others get through, `all` when several looked and none gets through.
 */
export type Spread = 'alone' | 'one' | 'some' | 'all';

/** Others get through, so it is no matter of the tenant or of Microsoft. */
export const isLocal = ({ spread }: { spread: Spread }): boolean => spread === 'one' || spread === 'some';

/** What the words of every rule may use. */
export interface Told {
  /** Names of the servers it holds for. */
  servers: readonly string[];
  /** Names of the servers that get through where these do not. */
  witnesses: readonly string[];
  spread: Spread;
  /** `host:port`, each once. */
  places: readonly string[];
  hosts: readonly string[];
  /** The protocols of these places, such as `IMAP`. */
  protocols: readonly string[];
  /** The mailboxes or users it holds for; empty where none was signed in to. */
  mailboxes: readonly string[];
}

/** One rule in one language. */
export interface RuleWords<P extends Told> {
  /** What was seen, with host and port; it stands alone in a table, or after the names of servers. */
  sentence(p: P): string;
  /** What most likely stands behind it. */
  cause(p: P): string;
  nextStep(p: P): string;
}

/** The words of a rule in every language; `D` is what the rule adds to what all rules tell. */
export type Words<D extends object = object> = Readonly<Record<Language, RuleWords<Told & D>>>;

/** Gives the words of all languages one type of parameters. A language that is missing does not compile. */
export const words = <D extends object = Record<never, never>>(each: Words<D>): Words<D> => each;

/**
 * How a connection failed to come up. One cause may show as two of them: `silent` is no answer at one place and no
 * route at another, `rejected` a refusal at one and a reset at another.
 */
export type How = 'refused' | 'timeout' | 'unreachable' | 'reset' | 'silent' | 'rejected';

/** What of a known answer the words are made of; a finding that was stored by an older version has no rung. */
export interface ToldAnswer {
  meaning: Bilingual;
  action: Bilingual;
  rung?: Rung;
  retry?: Retry;
  items?: readonly string[];
  owner?: Owner;
}

/** The other end's own words, and what the tables of answers know of them. */
export interface Refusal {
  /** As it came; empty where nothing was said. */
  reply: string;
  answer: ToldAnswer | null;
}

/**
 * The confidence of a rule whose words rest on an answer: what the rule has, and no more than the answer's rung bears.
 * Several servers compared say enough by themselves.
 */
export const byRung = (
  { answer, reply, spread }: Refusal & Pick<Told, 'spread'>,
  confidence: Confidence,
): Confidence =>
  reply === '' || isLocal({ spread })
    ? confidence
    : atMost(answer ? (answer.rung ?? 'row') : 'step', confidence);

/**
 * The answer finds fault with how something was sent (its form, X8; TLS or a proxy, X6), and servers that send the same
 * get through: then something on the path, or below the program, changes it, and neither program nor credential is it.
 */
export const isChangedOnPath = ({
  answer,
  spread,
}: {
  answer?: { items?: readonly string[]; retry?: Retry } | null;
  spread?: Spread;
}): boolean =>
  spread !== undefined &&
  isLocal({ spread }) &&
  // What a new sign-in or time heals was not the form: a code that was redeemed before, a loop.
  (answer?.retry ?? 'no') === 'no' &&
  ['X6', 'X8'].includes(answer?.items?.[0] ?? '');

/**
 * The answer speaks of what the far end can do at present and of nothing else (X7 alone): where it leaves room for the
 * network it names C10 as well. Then it is the far end's own, also where other servers are not told so: another front
 * end greets them.
 */
export const isOwnState = ({ answer }: { answer?: { items?: readonly string[] } | null }): boolean =>
  answer?.items?.[0] === 'X7' && !answer.items.includes('C10');

/** The items that a known answer belongs to; others where it names none, or nobody knows it. */
export function itemsOf(
  { answer }: Refusal,
  others: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  const [first, ...more] = answer?.items ?? [];
  return first === undefined ? others : [first, ...more];
}
