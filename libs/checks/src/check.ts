import type { Authorize, CheckNeeds, Evidence, Phase, StandardTarget, Target } from '@mailpath/protocol';
import type { Credential } from './credential.ts';
import type { Network } from './io/network.ts';
import type { MailboxReader } from './io/reading-run.ts';

export type { Network } from './io/network.ts';
export type { MailboxReader } from './io/reading-run.ts';
export { UnexpectedReply } from './path-error.ts';

/** The sections of evidence that have a name. */
export type Section = keyof {
  [Name in keyof Evidence as string extends Name ? never : number extends Name ? never : Name]: true;
};
/** What one section holds. */
export type Facts<Name extends Section> = NonNullable<Evidence[Name]>;

/**
 * One run of one check, as the check sees it. How it gets a connection is the `Network`'s business, which it is handed
 * beside this: a check does not log, retry, read the environment or own a timer.
 */
export interface CheckRun {
  readonly target: Target;
  /** Aborted at the deadline and again when the run ends; every socket is destroyed with it. */
  readonly signal: AbortSignal;
  /** Times a step; the last step entered before a throw is where the path broke. */
  phase<T>(name: Phase, work: () => Promise<T>): Promise<T>;
  /** Keeps facts as soon as they are known, so that a later failure still has them. Adds to what the section holds. */
  record<Name extends Section>(section: Name, facts: Facts<Name>): void;
  /** Says, in one sentence, that a client gets through but not by every path it may use: `warn` instead of `pass`. */
  warn(reason: string): void;
}

/** What is said of a check in the catalogue. */
interface CheckWords {
  /** `protocol.what`, for ever. */
  readonly id: string;
  readonly title: string;
  /** What is known when it passes. */
  readonly proves: string;
  /** Null for a generic check: it is aimed only at targets that a site adds (S51, S55). */
  readonly target: StandardTarget | null;
  /** The checklist's statements it bears on, S1 to S74. */
  readonly statements: readonly string[];
}

/** What each kind of check is handed beside its run and the network. */
interface GivenBy {
  'direct-path': [];
  web: [];
  'authorize-request': [Authorize];
  'authorization-code': [Credential];
  'device-code': [Credential];
  'refresh-token': [Credential];
  'client-credentials': [Credential];
  'access-token': [Credential];
  'mailbox-reader': [Credential, MailboxReader];
}

/** A check of one kind. `run` resolves when the path stands, and throws where it does not. */
export interface CheckOf<Need extends CheckNeeds> extends CheckWords {
  readonly needs: Need;
  run(run: CheckRun, network: Network, ...given: GivenBy[Need]): Promise<void>;
}

/** One entry of the catalogue. */
export type Check = { [Need in CheckNeeds]: CheckOf<Need> }[CheckNeeds];

/** Types a check where it is written. */
export function defineCheck<Need extends CheckNeeds>(check: CheckOf<Need>): CheckOf<Need> {
  return Object.freeze(check);
}
