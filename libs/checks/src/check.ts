import type { Authorize, Evidence, Grant, Phase, Reading, StandardTarget, Target } from '@mailpath/protocol';
import type { Credential } from './credential.ts';
import type { Deadline } from './deadline.ts';
import type { ProxyWay } from './io/proxy-url.ts';
import type { RevocationTries } from './io/revocation.ts';

export { UnexpectedReply } from './path-error.ts';

/** The sections of evidence that have a name. */
export type Section = keyof {
  [Name in keyof Evidence as string extends Name ? never : number extends Name ? never : Name]: true;
};
/** What one section holds. */
export type Facts<Name extends Section> = NonNullable<Evidence[Name]>;

/**
 * One run of one check, as the check sees it. What it needs from the outside is here, and nothing else: a check does not
 * log, retry, read the environment or own a timer.
 */
export interface Probe {
  readonly target: Target;
  /** Aborted at the deadline and again when the run ends; every socket is tied to it. */
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
  /** Roots trusted beside the ones this machine's Node trusts, as PEM. */
  readonly trust: readonly string[];
  /** The target's addresses in the system's order, from the round's one look-up of the name; phase `resolve`. */
  addresses(): Promise<readonly string[]>;
  /** What a check that signs in was lent; null for all others. */
  readonly credential: Credential | null;
  /** What to ask the authorize endpoint, for a check that `needsAuthorize`; null for all others. */
  readonly authorize: Authorize | null;
  /** Where the mailbox is read, for a check that sends to it; null for all others. */
  readonly reading: (Reading & Pick<Probe, 'addresses'> & { lookUpMs: number }) | null;
  /** The proxy to go through, for a check that may (`mayUseProxy`); null for the direct way. */
  readonly proxy: ProxyWay | null;
  /** Times a step; the last step entered before a throw is where the path broke. */
  phase<T>(name: Phase, work: () => Promise<T>): Promise<T>;
  /** Keeps facts as soon as they are known, so that a later failure still has them. Adds to what the section holds. */
  record<Name extends Section>(section: Name, facts: Facts<Name>): void;
  /** Says, in one sentence, that a client gets through but not by every way it may take: `warn` instead of `pass`. */
  warn(reason: string): void;
  /**
   * Lets work go on beside the check's own: it takes none of the check's time and can fail no check, but the result
   * waits for it, at most until the check's deadline. The work must end when the signal is aborted.
   */
  beside(work: Promise<unknown>): void;
  /** Resolves when the check itself has come to its end, while work beside it may go on. */
  readonly over: Promise<void>;
  /** The round's tries of the hosts on which revocation is published; null where nobody wants them. */
  readonly revocation: RevocationTries | null;
  /** Whether this run is the one of its round that measures the round trip to this host and port. */
  readonly measuresRoundTrip: boolean;
}

/** One entry of the catalogue. */
export interface Check {
  /** `protocol.what`, for ever. */
  readonly id: string;
  readonly title: string;
  /** What is known when it passes. */
  readonly proves: string;
  /** Null for a generic check: it is aimed only at targets that a site adds (S51, S55). */
  readonly target: StandardTarget | null;
  /** The checklist's statements it bears on, S1 to S74. */
  readonly statements: readonly string[];
  /** A web check, which a proxy may carry; ECE's mail processes need a direct path, so theirs are never carried. */
  readonly mayUseProxy?: true;
  /**
   * What it needs of a lease: `grant` to obtain an access token, `access-token` to sign in to a mailbox with one. Such a check is
   * in no agent's standing assignment: it runs only with what the API lends for one order.
   */
  readonly credential?: 'grant' | 'access-token';
  /** The one kind of grant that a check of credential `grant` can use. */
  readonly grant?: Grant['kind'];
  /** Whether it waits for a person: then it has all of the round's time. */
  readonly waitsForPerson?: true;
  /** It is run only for a task that says what to ask the authorize endpoint, and so is in no standing assignment. */
  readonly needsAuthorize?: true;
  /** Resolves when the path stands; throws where it does not. */
  run(probe: Probe): Promise<void>;
}

/** Types a check where it is written. */
export function defineCheck(check: Check): Check {
  return Object.freeze(check);
}
