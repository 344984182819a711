const WINDOW_MS = 60_000;

/**
 * What one mailbox is asked to bear in a minute; Exchange Online throttles far above it, and a mailbox may have other
 * users. A run of five servers takes eleven logins of a mailbox that is also sent a message; one run and a second look
 * after it must not wait.
 */
export const MINUTE = { logins: 24, mails: 2 } as const;

/** What an order takes of a mailbox. */
export interface Use {
  logins: number;
  mails: number;
}

/** Counts logins and mails by mailbox over the last minute. Times are milliseconds of one clock. */
export class Budget {
  readonly #spent = new Map<string, { at: number; use: Use }[]>();

  /**
   * The first moment, `now` at the earliest, at which there is room. What exceeds a whole minute's worth has the
   * mailbox to itself.
   */
  roomAt(mailbox: string, use: Use, now: number): number {
    const spent = this.#recent(mailbox, now);
    const first = spent.findIndex((_, gone) => fits(spent.slice(gone), use));
    if (first === 0) return now;
    // Where it fits beside none of them, the last has to lie a minute back as well.
    const last = spent.at(first === -1 ? -1 : first - 1);
    return last ? last.at + WINDOW_MS : now;
  }

  spend(mailbox: string, use: Use, now: number): void {
    this.#spent.set(mailbox, [...this.#recent(mailbox, now), { at: now, use }]);
  }

  #recent(mailbox: string, now: number): { at: number; use: Use }[] {
    return (this.#spent.get(mailbox) ?? []).filter(({ at }) => at > now - WINDOW_MS);
  }
}

function fits(spent: readonly { use: Use }[], wanted: Use): boolean {
  const sum = (kind: keyof Use) => spent.reduce((total, { use }) => total + use[kind], wanted[kind]);
  return sum('logins') <= MINUTE.logins && sum('mails') <= MINUTE.mails;
}
