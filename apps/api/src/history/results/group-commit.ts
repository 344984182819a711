/** What came of one member of a group: its outcome, or why it alone was refused. */
export type MemberOutcome<R> = { value: R } | { refusal: Error };

/** What may share a transaction. */
export interface Grouping<T> {
  /** Members with the same key never share a group, nor are they in two groups at a time: they go in order. */
  key(member: T): string;
  size(member: T): number;
  /** Needs a group of its own. */
  isAlone(member: T): boolean;
  /** The sizes of a group come to no more than this, unless it has one member. */
  limit: number;
  /** How many groups are under way at a time. */
  groups: number;
  /** Whether a group that failed for this reason could succeed in part, one member at a time. */
  mayPartsSucceed(error: unknown): boolean;
}

interface Waiting<T, R> {
  member: T;
  key: string;
  outcome: PromiseWithResolvers<R>;
}

/**
 * Commits whatever waits in one transaction, so that a commit costs the same for one member and for hundreds. Nobody
 * waits for company: a group is what came while the groups before were under way. A group that fails is tried again
 * member by member, so that none suffers from another.
 */
export class GroupCommit<T, R> {
  readonly #commit: (members: readonly T[]) => Promise<readonly MemberOutcome<R>[]>;
  readonly #grouping: Grouping<T>;
  #waiting: Waiting<T, R>[] = [];
  readonly #busy = new Set<string>();
  #underWay = 0;

  /** `commit` answers for each member, in their order, or rejects and has committed nothing. */
  constructor(
    commit: (members: readonly T[]) => Promise<readonly MemberOutcome<R>[]>,
    grouping: Grouping<T>,
  ) {
    this.#commit = commit;
    this.#grouping = grouping;
  }

  /** Resolves after the commit; rejects where nothing of the member is committed. */
  add(member: T): Promise<R> {
    const outcome = Promise.withResolvers<R>();
    this.#waiting.push({ member, key: this.#grouping.key(member), outcome });
    this.#start();
    return outcome.promise;
  }

  #start(): void {
    while (this.#underWay < this.#grouping.groups) {
      const group = this.#next();
      if (group.length === 0) return;
      this.#underWay += 1;
      for (const { key } of group) this.#busy.add(key);
      void this.#settle(group).finally(() => {
        this.#underWay -= 1;
        for (const { key } of group) this.#busy.delete(key);
        this.#start();
      });
    }
  }

  /** Takes the next group out of those who wait: the oldest first, and of each key the oldest only. */
  #next(): Waiting<T, R>[] {
    const grouping = this.#grouping;
    const passed = new Set(this.#busy);
    const group: Waiting<T, R>[] = [];
    const rest: Waiting<T, R>[] = [];
    let sum = 0;
    let isFull = false;
    for (const each of this.#waiting) {
      const own = grouping.size(each.member);
      const isAlone = grouping.isAlone(each.member);
      const fits = group.length === 0 || (!isFull && !isAlone && sum + own <= grouping.limit);
      if (fits && !passed.has(each.key)) {
        group.push(each);
        sum += own;
        isFull = isAlone;
      } else rest.push(each);
      // Whoever comes later by the same key must not overtake.
      passed.add(each.key);
    }
    this.#waiting = rest;
    return group;
  }

  /** Never rejects. */
  async #settle(group: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const outcomes = await this.#commit(group.map(({ member }) => member));
      for (const [i, { outcome }] of group.entries()) {
        const one = outcomes[i] as MemberOutcome<R>;
        if ('value' in one) outcome.resolve(one.value);
        else outcome.reject(one.refusal);
      }
    } catch (error) {
      if (group.length > 1 && this.#grouping.mayPartsSucceed(error))
        await Promise.all(group.map((each) => this.#settle([each])));
      else for (const { outcome } of group) outcome.reject(error);
    }
  }
}
