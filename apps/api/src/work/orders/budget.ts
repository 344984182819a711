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
    for (let gone = 0; gone < spent.length; gone += 1) {
      if (fits(spent.slice(gone), use)) return gone === 0 ? now : (spent[gone - 1]?.at ?? now) + WINDOW_MS;
    }
    const last = spent.at(-1);
    return last ? last.at + WINDOW_MS : now;
  }

  spend(mailbox: string, use: Use, now: number): void {
    this.#spent.set(mailbox, [...this.#recent(mailbox, now), { at: now, use }]);
  }

  /** What lies a minute back is forgotten, and mailboxes without anything newer with it. */
  #recent(mailbox: string, now: number): { at: number; use: Use }[] {
    const recent = (this.#spent.get(mailbox) ?? []).filter(({ at }) => at > now - WINDOW_MS);
    if (recent.length === 0) this.#spent.delete(mailbox);
    else this.#spent.set(mailbox, recent);
    return recent;
  }
}

function fits(spent: readonly { use: Use }[], wanted: Use): boolean {
  const sum = (kind: keyof Use) => spent.reduce((total, { use }) => total + use[kind], wanted[kind]);
  return sum('logins') <= MINUTE.logins && sum('mails') <= MINUTE.mails;
}
