import type { Socket } from 'node:net';
import { listen, type Listener, resetOnData, stall, type TlsPair } from '@mailpath/checks/testing';
import type { Faults, Service } from './faults.ts';

/** Faults of the way to a service, by id. */
export const PATH_FAULTS = {
  closed: 'nothing listens on the port: a connection is refused',
  'other-authority': 'TLS is answered with a certificate of CN=Corp Proxy CA, as an inspecting proxy does',
  silent: 'connections are accepted and nothing is ever said',
} as const;

export type PathFault = keyof typeof PATH_FAULTS;

export const isPathFault = (id: string): id is PathFault => Object.hasOwn(PATH_FAULTS, id);

/** A row of the mail servers' answers that comes before any session: the connection is reset where TLS begins. */
const CUT_HANDSHAKE = 'tls-handshake-reset';

type Way = PathFault | typeof CUT_HANDSHAKE;

/** What is done with a connection; TLS is done already, but for SMTP, which does it itself with the pair. */
export type Session = (socket: Socket, address: string, tls: TlsPair) => void;

export interface PathListenerOptions {
  service: Service;
  address: string;
  session: Session;
  /** Of the stand-in's own authority. */
  tls: TlsPair;
  /** Of the other one. */
  otherTls: TlsPair;
}

/** One service on one address, which changes its ways as the faults demand; connections of the old way are cut. */
export class PathListener {
  readonly #options: PathListenerOptions;
  #listener: Listener | null = null;
  #way: Way | null = null;
  #port = 0;

  constructor(options: PathListenerOptions) {
    this.#options = options;
  }

  get port(): number {
    return this.#port;
  }

  /** Begins to listen, on a free port where it is 0. */
  async start(port: number): Promise<void> {
    this.#port = port;
    await this.#open(null);
  }

  /** Does as the faults of its address say now. */
  async follow(faults: Faults): Promise<void> {
    const way = this.#wayBy(faults);
    if (way === this.#way) return;
    await this.stop();
    if (way !== 'closed') await this.#open(way);
    // Only now: where it could not be opened again, the next change tries once more.
    this.#way = way;
  }

  #wayBy(faults: Faults): Way | null {
    const { service, address } = this.#options;
    const isMailbox = service === 'imap' || service === 'pop3';
    for (const { id, service: only } of faults.at(address)) {
      if (only !== undefined && only !== service) continue;
      if (isPathFault(id)) return id;
      if (id === CUT_HANDSHAKE && isMailbox) return CUT_HANDSHAKE;
    }
    return null;
  }

  async stop(): Promise<void> {
    await this.#listener?.stop();
    this.#listener = null;
  }

  async #open(way: Exclude<Way, 'closed'> | null): Promise<void> {
    const { service, address, session } = this.#options;
    const tls = way === 'other-authority' ? this.#options.otherTls : this.#options.tls;
    const at = { address, port: this.#port };
    if (way === 'silent') this.#listener = await listen(at, stall);
    else if (way === CUT_HANDSHAKE) this.#listener = await listen(at, resetOnData);
    else {
      this.#listener = await listen(service === 'smtp' ? at : { ...at, tls }, (socket) =>
        session(socket, address, tls),
      );
    }
    this.#port = this.#listener.port;
  }
}
