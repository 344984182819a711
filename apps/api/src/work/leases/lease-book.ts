import { Budget, type Use } from './budget.ts';

/** A wish to sign in as a user to some mailboxes, for one order to one agent. Times are milliseconds of one clock. */
export interface Claim {
  readonly id: string;
  /** What for, such as a regular round: an agent waits once as a user for each. */
  readonly kind: string;
  readonly siteId: string;
  readonly userName: string;
  readonly agentId: string;
  /** What the order takes of each mailbox, by address; a user who only obtains a token takes nothing. */
  readonly uses: ReadonlyMap<string, Use>;
  /** How long the lease lasts at the most, from when it is given. */
  readonly lastsMs: number;
  /** When waiting for it has no more point. */
  readonly giveUpAt: number;
  /** It lasts as long as a person takes, so its agent does other work meanwhile. */
  readonly waitsForPerson?: boolean;
}

/** A claim that was granted, and when it ends by itself. */
export interface Given<C extends Claim> {
  readonly claim: C;
  readonly expiresAt: number;
}

/** What a look at the clock has brought about. */
export interface Settled<C extends Claim> {
  readonly given: Given<C>[];
  readonly expired: C[];
  readonly gaveUp: C[];
}

/** The claims of one site must not touch the same user, nor the same mailbox, at the same time. */
const keysOf = ({ siteId, userName, uses }: Claim): string[] => [
  `${siteId} user ${userName}`,
  ...[...uses.keys()].map((mailbox) => `${siteId} mailbox ${mailbox}`),
];

const queueKeyOf = ({ siteId, kind, agentId, userName }: Claim): string =>
  JSON.stringify([siteId, kind, agentId, userName]);

/** Whom the claim keeps at work while it lasts. */
const workersOf = ({ agentId, waitsForPerson = false }: Claim): string[] => (waitsForPerson ? [] : [agentId]);

/**
 * Who may sign in now: at most one lease a user and a mailbox over all agents of a site, first come first served, within the
 * budget of each mailbox. An agent works its orders off one after the other, so it has one lease at a time, whose clock does not
 * run while it could not be used. Pure: whoever holds the book looks at the clock.
 */
export class LeaseBook<C extends Claim> {
  readonly #budget = new Budget();
  readonly #given = new Map<string, Given<C>>();
  #waiting: C[] = [];

  /** False for a claim like one that waits already, which serves it as well: the queue holds no more than there is to be done. */
  ask(claim: C): boolean {
    if (this.#waiting.some((other) => queueKeyOf(other) === queueKeyOf(claim))) return false;
    this.#waiting.push(claim);
    return true;
  }

  /** Whether a claim that is like this waits. */
  waits(is: (claim: C) => boolean): boolean {
    return this.#waiting.some(is);
  }

  /** Ends what is over, and gives what has become free. */
  settle(now: number): Settled<C> {
    const expired = this.#remove(({ expiresAt }) => expiresAt <= now);
    const gaveUp = this.#waiting.filter(({ giveUpAt }) => giveUpAt <= now);
    this.#waiting = this.#waiting.filter(({ giveUpAt }) => giveUpAt > now);
    const taken = new Set([...this.#given.values()].flatMap(({ claim }) => keysOf(claim)));
    const given: Given<C>[] = [];
    const atWork = new Set([...this.#given.values()].flatMap(({ claim }) => workersOf(claim)));
    for (const claim of this.#waiting) {
      const keys = keysOf(claim);
      const free = !keys.some((key) => taken.has(key));
      // Given or not, nobody behind it may be served before it at the same mailbox.
      for (const key of keys) taken.add(key);
      const workers = workersOf(claim);
      if (!free || workers.some((one) => atWork.has(one)) || this.#roomAt(claim, now) > now) continue;
      for (const one of workers) atWork.add(one);
      given.push({ claim, expiresAt: now + claim.lastsMs });
    }
    for (const one of given) this.#give(one, now);
    return { given, expired, gaveUp };
  }

  /** The lease of that id, if this agent holds it now. */
  heldBy(agentId: string, id: string, now: number): C | null {
    const given = this.#given.get(id);
    return given && given.claim.agentId === agentId && given.expiresAt > now ? given.claim : null;
  }

  /** The leases of an agent. */
  of(agentId: string): C[] {
    return [...this.#given.values()].flatMap(({ claim }) => (claim.agentId === agentId ? [claim] : []));
  }

  /** Ends a lease; false when it had ended before. */
  end(id: string): boolean {
    return this.#given.delete(id);
  }

  /** Ends every lease of an agent. What it waits for stays: it may be back in time. */
  endAllOf(agentId: string): C[] {
    return this.#remove(({ claim }) => claim.agentId === agentId);
  }

  /** Whether any mailbox of that site is being opened, or waited for; a sign-in, which opens none, may take a person's time. */
  isBusy(siteId: string): boolean {
    return this.#all().some((claim) => claim.siteId === siteId && claim.uses.size > 0);
  }

  /** The longest that what is given or waited for as these users, or by these agents, may take before whoever asks now has a turn. */
  aheadMs(siteId: string, userNames: ReadonlySet<string>, agentIds: ReadonlySet<string>): number {
    return this.#all()
      .filter(
        (claim) =>
          claim.siteId === siteId &&
          (userNames.has(claim.userName) || workersOf(claim).some((one) => agentIds.has(one))),
      )
      .reduce((sum, { lastsMs }) => sum + lastsMs, 0);
  }

  /** When to settle again, if nothing else happens before; null when there is nothing to wait for. */
  nextAt(now: number): number | null {
    const moments = [
      ...[...this.#given.values()].map(({ expiresAt }) => expiresAt),
      ...this.#waiting.map(({ giveUpAt }) => giveUpAt),
      ...this.#waiting.map((claim) => this.#roomAt(claim, now)).filter((at) => at > now),
    ];
    return moments.length === 0 ? null : Math.min(...moments);
  }

  #all(): C[] {
    return [...this.#waiting, ...[...this.#given.values()].map(({ claim }) => claim)];
  }

  #give(given: Given<C>, now: number): void {
    const { claim } = given;
    this.#waiting = this.#waiting.filter(({ id }) => id !== claim.id);
    this.#given.set(claim.id, given);
    for (const [mailbox, use] of claim.uses) this.#budget.spend(`${claim.siteId} ${mailbox}`, use, now);
  }

  #roomAt({ siteId, uses }: C, now: number): number {
    const moments = [...uses].map(([mailbox, use]) => this.#budget.roomAt(`${siteId} ${mailbox}`, use, now));
    return Math.max(now, ...moments);
  }

  #remove(over: (given: Given<C>) => boolean): C[] {
    const gone = [...this.#given.values()].filter(over);
    for (const { claim } of gone) this.#given.delete(claim.id);
    return gone.map(({ claim }) => claim);
  }
}
