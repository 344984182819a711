import type { CustomEntraAnswer, MailAnswer, WebAnswer } from './custom-answer.ts';
import { Occasions } from './occasions.ts';

/**
 * Faults that are switched on for one address of the stand-in, or for all of them (`*`). Each ECE server of a
 * demonstration reaches the stand-in by an address of its own, so a fault there is a fault of that server's path or of
 * what it is answered.
 */
export interface Fault {
  /**
   * What it is: one of Exchange Online's answers (`imap-token-refused`, `smtp-auth-disabled-tenant`), an answer of
   * Entra ID (`AADSTS50076`), what something in between answers for it (`HTML-PAGE`, `HTTP-407`), a fault of the path
   * (`closed`, `slow`,
   * `certificate-expired`), a state of the resolver (`dns-servfail`), or an answer in words of one's own
   * (`mail-answer`,
   * `entra-answer`, `web-answer`).
   */
  id: string;
  /**
   * Only for sign-ins and mailboxes of this name, or for this host name (any case of letters); for all when left out.
   */
  name?: string;
  /** For faults of the path and of mail: the service it holds for; all of them when left out. */
  service?: Service;
  /** For answers that ask to wait: seconds. */
  retryAfterSeconds?: number;
  /** How many of the connections or requests meet it, 0 to 1; all unless told. Which ones follows from `seed`. */
  share?: number;
  /** Another seed picks others; the same one picks the same. */
  seed?: number;
  /** How many times it is met before all is well again. */
  times?: number;
  /** After so many that were well, it begins again: `times` bad ones, `thenWell` good ones, and so on. */
  thenWell?: number;
  /** `slow`, `dns-slow`: milliseconds before each thing that is said. */
  delayMs?: number;
  /** `slow`: the rate at which things arrive. */
  bytesPerSecond?: number;
  /** `lossy`: the connection is cut when the far end has said so many bytes. */
  afterBytes?: number;
  /** `dns-…`: questions of this family only. */
  family?: 4 | 6;
  /** `dns-addresses`: what is answered. */
  addresses?: readonly string[];
  /** `dns-alias`: the names that the name leads to, one after the other. */
  aliases?: readonly string[];
  /** `dns-truncated`: what becomes of the same question over TCP. */
  tcp?: 'open' | 'closed' | 'silent';
  mail?: MailAnswer;
  entra?: CustomEntraAnswer;
  web?: WebAnswer;
}

/** What listens on an address. */
export type Service = 'https' | 'smtp' | 'imap' | 'pop3';

/** Which faults hold where. */
export class Faults {
  readonly #at = new Map<string, Fault[]>();
  readonly #changed: (() => void)[] = [];
  readonly #occasions = new Occasions();

  /** Replaces the faults of one address; `*` is every address. What is counted begins anew. */
  set(address: string, faults: readonly Fault[]): void {
    if (faults.length === 0) this.#at.delete(address);
    else
      this.#at.set(
        address,
        faults.map((fault) => ({ ...fault })),
      );
    for (const tell of this.#changed) tell();
  }

  /** All faults by address. */
  get all(): Record<string, readonly Fault[]> {
    return Object.fromEntries(this.#at);
  }

  /** The faults that hold at an address for any of the names (users, mailboxes, hosts), those of `*` last. */
  at(address: string, ...names: readonly (string | undefined)[]): Fault[] {
    const known = new Set(names.map((name) => name?.toLowerCase()));
    return [...(this.#at.get(address) ?? []), ...(this.#at.get('*') ?? [])].filter(
      ({ name }) => name === undefined || known.has(name.toLowerCase()),
    );
  }

  /** The fault of that id, if it holds there for that name. */
  find(id: string, address: string, name?: string): Fault | undefined {
    return this.at(address, name).find((fault) => fault.id === id);
  }

  /** Whether this connection or request meets the fault; asked once for each of them, since it counts. */
  isMet(fault: Fault): boolean {
    return this.#occasions.isMet(fault);
  }

  /** Called after every change. */
  onChanged(listener: () => void): void {
    this.#changed.push(listener);
  }
}
