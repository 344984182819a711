import type { Socket } from 'node:net';
import { listen, type Listener, stall, type TlsPair } from '@mailpath/checks/testing';
import type { Faults, Service } from './faults.ts';

/** Faults of the way to a service, by id. */
export const PATH_FAULTS = {
  closed: 'nothing listens on the port: a connection is refused',
  'other-authority': 'TLS is answered with a certificate of CN=Corp Proxy CA, as an inspecting proxy does',
  silent: 'connections are accepted and nothing is ever said',
} as const;

export type PathFault = keyof typeof PATH_FAULTS;

export const isPathFault = (id: string): id is PathFault => Object.hasOwn(PATH_FAULTS, id);

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
  #way: PathFault | null = null;
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
    const { service, address } = this.#options;
    const fault = faults
      .at(address)
      .find(({ id, service: only }) => isPathFault(id) && (only === undefined || only === service));
    const way = fault && isPathFault(fault.id) ? fault.id : null;
    if (way === this.#way) return;
    await this.stop();
    this.#way = way;
    if (way !== 'closed') await this.#open(way);
  }

  async stop(): Promise<void> {
    await this.#listener?.stop();
    this.#listener = null;
  }

  async #open(way: 'other-authority' | 'silent' | null): Promise<void> {
    const { service, address, session } = this.#options;
    const tls = way === 'other-authority' ? this.#options.otherTls : this.#options.tls;
    const at = { address, port: this.#port };
    if (way === 'silent') this.#listener = await listen(at, stall);
    else {
      this.#listener = await listen(service === 'smtp' ? at : { ...at, tls }, (socket) =>
        session(socket, address, tls),
      );
    }
    this.#port = this.#listener.port;
  }
}
