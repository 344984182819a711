/**
 * Faults that are switched on for one address of the stand-in, or for all of them (`*`). Each ECE server of a demonstration
 * reaches the stand-in by an address of its own, so a fault there is a fault of that server's path or of what it is answered.
 */
export interface Fault {
  /**
   * What it is: one of Exchange Online's answers (`imap-token-refused`, `smtp-auth-disabled-tenant`), an answer of Entra ID
   * (`AADSTS50076`), what something in between answers for it (`HTML-PAGE`, `HTTP-407`), or a fault of the path (`closed`,
   * `other-authority`, `silent`).
   */
  id: string;
  /** Only for sign-ins and mailboxes of this name (any case of letters); for everybody when left out. */
  name?: string;
  /** For faults of the path and of mail: the service it holds for; all of them when left out. */
  service?: Service;
  /** For answers that ask to wait: seconds. */
  retryAfterSeconds?: number;
}

/** What listens on an address. */
export type Service = 'https' | 'smtp' | 'imap' | 'pop3';

/** Which faults hold where. */
export class Faults {
  readonly #at = new Map<string, Fault[]>();
  readonly #changed: (() => void)[] = [];

  /** Replaces the faults of one address; `*` is every address. */
  set(address: string, faults: readonly Fault[]): void {
    if (faults.length === 0) this.#at.delete(address);
    else this.#at.set(address, [...faults]);
    for (const tell of this.#changed) tell();
  }

  /** All faults by address. */
  get all(): Record<string, readonly Fault[]> {
    return Object.fromEntries(this.#at);
  }

  /** The faults that hold at an address for a name (a user or a mailbox), those of `*` last. */
  at(address: string, name?: string): Fault[] {
    return [...(this.#at.get(address) ?? []), ...(this.#at.get('*') ?? [])].filter(
      (fault) => fault.name === undefined || fault.name.toLowerCase() === name?.toLowerCase(),
    );
  }

  /** The fault of that id, if it holds there for that name. */
  find(id: string, address: string, name?: string): Fault | undefined {
    return this.at(address, name).find((fault) => fault.id === id);
  }

  /** Called after every change. */
  onChanged(listener: () => void): void {
    this.#changed.push(listener);
  }
}
