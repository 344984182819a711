import { MailpathError } from '../../platform/errors.ts';
import { tooManyStreams } from '../refusals.ts';

const AN_ADDRESS = 100;
const IN_ALL = 1_000;
const AGAIN_SECONDS = 30;

/** How many streams are open, here and to each address: each is a socket, and is written to. */
export class OpenConnections {
  readonly #byAddress = new Map<string, number>();
  #all = 0;

  /** Counts one more; answers how it ends. Throws too-many-requests. */
  enter(address: string): () => void {
    const count = this.#byAddress.get(address) ?? 0;
    if (count >= AN_ADDRESS || this.#all >= IN_ALL)
      throw new MailpathError('too-many-requests', tooManyStreams({ anAddress: AN_ADDRESS, inAll: IN_ALL }), {
        retryAfterSeconds: AGAIN_SECONDS,
      });
    this.#byAddress.set(address, count + 1);
    this.#all += 1;
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#all -= 1;
      const left = (this.#byAddress.get(address) ?? 1) - 1;
      if (left === 0) this.#byAddress.delete(address);
      else this.#byAddress.set(address, left);
    };
  }
}
