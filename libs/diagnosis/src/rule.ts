import { checkFacts, type CheckResult, type Confidence, type Owner, type Phase } from '@mailpath/protocol';
import type { Claim } from './claims.ts';
import type { RuleContext } from './look.ts';
import { endpointOf } from './look.ts';
import type { KnownAnswer } from './sign-in/answers.ts';
import type { Excluded } from './words/frame.ts';
import type { Told, Words } from './words/told.ts';

/** What exactly is broken, where a cause is no larger than that. */
export interface Part {
  host?: string;
  port?: number;
  address?: string;
  family?: 4 | 6;
  resolver?: string;
  mailbox?: string;
}

/** One cause on one server. */
export interface Clue {
  /**
   * What it is about, together with the rule's id the same in every round and on every server:
   * `outlook.office365.com:993`.
   */
  about: string;
  part?: Part;
  /** The results that show it. */
  results: readonly CheckResult[];
  /** Results that failed because of it and are no fault of their own. */
  consequences?: readonly CheckResult[];
  /** True when it explains everything of this server that did not come through or was not tried. */
  affectsWholeServer?: boolean;
  /** Taken for this outcome when severity is weighed, where the results themselves passed. */
  weighAs?: 'fail' | 'warn' | 'info';
  /**
   * Whether another server's result shows that it does not have this cause; where it looked at the same thing if
   * nothing is said.
   */
  provesUnaffected?: (other: CheckResult) => boolean;
  /** Where it shows, if that is not the phase in which the results broke: those may have passed, or met it later. */
  phase?: Phase;
  /** What the tables know of the answer that decided. */
  answer?: KnownAnswer | null;
  excludes?: readonly Excluded[];
  /** The facts that decided, one a line. */
  evidence: readonly string[];
  /** What the words are made of, beside what all rules tell. */
  details: object;
}

/**
 * What makes a cause sure: what was seen `itself`, a `second-look` or a later round that sees it as well, or later
 * `rounds` alone, for what comes and goes within one.
 */
export type Confirmation = 'itself' | 'second-look' | 'rounds';

/** By what several of a rule's clues on one server are one cause. */
export interface Alike {
  /**
   * The deciding value: an issuer, an address, a version, a symptom. Clues with different values are different causes.
   */
  by(result: CheckResult): string;
  /**
   * The phase in which it shows: a result of the same class that got past it is a witness, and no cause is joined over
   * one. Where it is not said the value shows by itself that one thing is behind all of it, as a certificate's issuer
   * does, and the cause is known by the value.
   */
  in?: Phase;
}

/** Everything a rule may decide by once it is known on which servers the cause is; its words are made of it. */
export type Params = Told & {
  /** The cause holds for every server of the site. */
  everywhere?: boolean;
  /**
   * Claims of the sentence that something else seen on these servers speaks against, in short: it is told in weaker
   * words then.
   */
  contradicted?: readonly string[];
  excludes?: readonly Excluded[];
};

/**
 * One piece of knowledge: what it looks for, and the cause it names, with its words. Rules look in the order of the
 * registry, and what one explains the later ones do not see, so the special stands before the general.
 */
export interface Rule<Id extends string = string> {
  readonly id: Id;
  /** Ids of rules that must look before it: what they explain it would take for its own. */
  readonly after: readonly string[];
  /** True for a rule that also looks at what passed, and leaves what it looks at to the others. */
  readonly comparesOnly: boolean;
  /** True for a cause that lies in the tenant or the application, not on a server. */
  readonly ofTenant: boolean;
  /** True where a known answer knows owner and item better than the rule. */
  readonly defers: boolean;
  readonly words: Words;
  readonly alike?: Alike;
  /** The phase in which its cause lies, whatever the phase in which it was met. */
  readonly phase?: Phase;
  readonly confirmedBy?: Confirmation;
  /** What its sentence states; nothing where a rule does not say. */
  claims(params: Params): readonly Claim[];
  /** Item of the checklist, C1 to C11 or X1 to X9; the first is the main one. */
  items(params: Params): readonly [string, ...string[]];
  owner(params: Params): Owner;
  confidence(params: Params): Confidence;
  find(context: RuleContext): readonly Clue[];
}

/** A value, or what gives it once it is known on which servers the cause is. */
type Decided<T, D extends object> = T | ((params: Params & D) => T);

export interface ClueOf<D extends object> extends Omit<Clue, 'details'> {
  details: D;
}

/** `D`, what the words need beside what all rules tell, goes by the words alone. */
interface RuleParts<Id extends string, D extends object> {
  id: Id;
  words: Words<D>;
  items: Decided<readonly [string, ...string[]], NoInfer<D>>;
  owner: Decided<Owner, NoInfer<D>>;
  confidence?: Decided<Confidence, NoInfer<D>>;
  after?: readonly string[];
  comparesOnly?: true;
  ofTenant?: true;
  defers?: true;
  /** The phase in which its cause lies, where that is not the one in which the results broke. */
  phase?: Phase;
  /** When clues of one server are one cause; by their `about` alone where nothing is said. */
  alike?: Alike;
  /** By the code of the failure and by what the tables know of the answer, where nothing is said. */
  confirmedBy?: Confirmation;
  /** What the sentence states, to be held against all that was seen on its servers. */
  claims?: (params: Params & NoInfer<D>) => readonly Claim[];
  find(context: RuleContext): readonly ClueOf<NoInfer<D>>[];
}

/** The parameters are made of this very rule's details, so they have the type that its parts ask for. */
const decided =
  <T, D extends object>(given: Decided<T, D>) =>
  (params: Params): T =>
    typeof given === 'function' ? (given as (params: Params & D) => T)(params as Params & D) : given;

export function defineRule<const Id extends string, D extends object>(parts: RuleParts<Id, D>): Rule<Id> {
  return {
    id: parts.id,
    after: parts.after ?? [],
    comparesOnly: parts.comparesOnly ?? false,
    ofTenant: parts.ofTenant ?? false,
    defers: parts.defers ?? false,
    words: parts.words,
    ...(parts.alike ? { alike: parts.alike } : {}),
    ...(parts.phase ? { phase: parts.phase } : {}),
    ...(parts.confirmedBy ? { confirmedBy: parts.confirmedBy } : {}),
    claims: (params) => parts.claims?.(params as Params & D) ?? [],
    items: decided(parts.items),
    owner: decided(parts.owner),
    confidence: decided(parts.confidence ?? 'likely'),
    find: (context) => parts.find(context),
  };
}

interface EachParts<D extends object> {
  applies: (result: CheckResult, context: RuleContext) => boolean;
  /** What the results of one clue have in common; `host:port` where nothing else is said. */
  about?: (result: CheckResult, context: RuleContext) => string;
  part?: (result: CheckResult, context: RuleContext) => Part;
  /** By the results of one clue, the first of them in front. */
  details(results: readonly [CheckResult, ...CheckResult[]], context: RuleContext): D;
  evidence?: (results: readonly CheckResult[]) => readonly string[];
  affectsWholeServer?: (context: RuleContext) => boolean;
  more?(
    results: readonly [CheckResult, ...CheckResult[]],
    look: RuleContext,
  ): Pick<Clue, 'provesUnaffected' | 'answer' | 'excludes' | 'phase'>;
}

/** A round trip tells of the other checks' steps at second hand: what they saw themselves stands first. */
const isRoundTrip = ({ check }: CheckResult): boolean => checkFacts(check).lane === 'round-trip';

/** The usual way to look: result by result, those that are about the same thing together. */
export function eachResult<D extends object>(parts: EachParts<D>): (context: RuleContext) => ClueOf<D>[] {
  const { about = endpointOf, part = endpointPart, evidence = messages } = parts;
  return (context) => {
    const found = context.unexplained
      .filter((result) => parts.applies(result, context))
      .toSorted((a, b) => Number(isRoundTrip(a)) - Number(isRoundTrip(b)));
    const groups = Map.groupBy(found, (result) => about(result, context));
    return [...groups].flatMap(([subject, [first, ...more]]) =>
      first
        ? [
            {
              about: subject,
              part: part(first, context),
              results: [first, ...more],
              evidence: evidence([first, ...more]),
              details: parts.details([first, ...more], context),
              ...(parts.affectsWholeServer?.(context) ? { affectsWholeServer: true } : {}),
              ...parts.more?.([first, ...more], context),
            },
          ]
        : [],
    );
  };
}

export const nothing = (): Record<never, never> => ({});

export const endpointPart = ({ target }: CheckResult): Part => ({ host: target.host, port: target.port });
export const hostPart = ({ target }: CheckResult): Part => ({ host: target.host });

/** The failures' own words. */
export const messages = (results: readonly CheckResult[]): string[] =>
  results.map(
    (result) => result.failure?.message ?? result.reason ?? `${endpointOf(result)}: ${result.outcome}`,
  );
