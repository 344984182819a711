import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { close, listen, type Listener, resetOnData, type Script, stall } from '@mailpath/checks/testing';
import type { Certificates } from './certificates.ts';
import type { Fault, Faults, Service } from './faults.ts';
import { randomOf } from './occasions.ts';
import { isPathFault } from './path-faults.ts';
import { type Obstacle, relay } from './relay.ts';
import { contextOf, type ServerTls } from './server-tls.ts';

/** One of the mail servers' answers that comes before any session: the connection is reset where TLS begins. */
const CUT_HANDSHAKE = 'tls-handshake-reset';

/** Where a lossy path cuts unless told: somewhere in what is said until a session is open. */
const LOSSY_BYTES = 4_096;

/** What is done with a connection; TLS is done already, but for SMTP, which does it itself with the pair. */
export type Session = (socket: Socket, address: string, tls: ServerTls) => void;

export interface PathListenerOptions {
  service: Service;
  address: string;
  session: Session;
  certificates: Certificates;
}

/** In place of a session. */
const SCRIPTS: Readonly<Record<string, Script>> = {
  silent: stall,
  reset: resetOnData,
  ended: close,
  [CUT_HANDSHAKE]: resetOnData,
};

const OBSTACLES = new Set(['slow', 'lossy']);

/** One service on one address, which does as the faults of its path demand; a change of them cuts what is open. */
export class PathListener {
  readonly #options: PathListenerOptions;
  #listener: Listener | null = null;
  /** Where obstacles lead to; open while there are any. */
  #behind: Listener | null = null;
  #faults: readonly Fault[] = [];
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
    await this.#open(NO_FAULTS, []);
  }

  /** Does as the faults of its address say now. */
  async follow(faults: Faults): Promise<void> {
    const wanted = this.#pathFaultsOf(faults);
    const isSame =
      wanted.length === this.#faults.length && wanted.every((fault, at) => fault === this.#faults[at]);
    if (isSame) return;
    await this.stop();
    if (!wanted.some(({ id }) => id === 'closed')) await this.#open(faults, wanted);
    // Only now: where it could not be opened again, the next change tries once more.
    this.#faults = wanted;
  }

  #pathFaultsOf(faults: Faults): Fault[] {
    const { service, address } = this.#options;
    const isMailbox = service === 'imap' || service === 'pop3';
    return faults
      .at(address)
      .filter(({ service: only }) => only === undefined || only === service)
      .filter(({ id }) => isPathFault(id) || (id === CUT_HANDSHAKE && isMailbox));
  }

  async stop(): Promise<void> {
    await Promise.all([this.#listener?.stop(), this.#behind?.stop()]);
    this.#listener = null;
    this.#behind = null;
  }

  async #open(all: Pick<Faults, 'isMet'>, faults: readonly Fault[]): Promise<void> {
    const { address, certificates } = this.#options;
    const usual = await certificates.of(null);
    const shown = new Map<Fault, ServerTls>();
    for (const fault of faults) if (isPathFault(fault.id)) shown.set(fault, await certificates.of(fault.id));
    const serve = (socket: Socket): void => {
      const fault = faults.find((each) => !OBSTACLES.has(each.id) && all.isMet(each));
      this.#serve(socket, fault, (fault && shown.get(fault)) ?? usual);
    };
    const obstacles = faults.filter(({ id }) => OBSTACLES.has(id));
    if (obstacles.length > 0) this.#behind = await listen({ address }, serve);
    this.#listener = await listen({ address, port: this.#port }, (socket) => {
      const met = obstacles.filter((each) => all.isMet(each));
      if (!this.#behind || met.length === 0) serve(socket);
      else relay(socket, this.#behind.port, Object.assign({}, ...met.map(obstacleOf)) as Obstacle);
    });
    this.#port = this.#listener.port;
  }

  #serve(raw: Socket, fault: Fault | undefined, tls: ServerTls): void {
    const { service, address, session } = this.#options;
    const script = fault && SCRIPTS[fault.id];
    if (script) return script(raw);
    const isMute = fault?.id === 'silent-above-tls';
    if (service === 'smtp') return isMute ? stall(raw) : session(raw, address, tls);
    const secured = new TLSSocket(raw, { isServer: true, secureContext: contextOf(tls) });
    // A client that does not trust this end goes; that is for it to tell.
    secured.on('error', () => undefined);
    secured.once('secure', () => (isMute ? stall(secured) : session(secured, address, tls)));
  }
}

const NO_FAULTS = { isMet: () => false };

function obstacleOf(fault: Fault): Obstacle {
  const { id, delayMs, bytesPerSecond, afterBytes, seed = 1 } = fault;
  if (id === 'lossy') return { cutAfterBytes: afterBytes ?? randomBytesOf(fault, seed) };
  return {
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
  };
}

/** Another place for each connection, the same ones for the same seed. */
function randomBytesOf(fault: Fault, seed: number): number {
  const random = places.get(fault) ?? randomOf(seed);
  places.set(fault, random);
  return 1 + Math.floor(random() * LOSSY_BYTES);
}

const places = new WeakMap<Fault, () => number>();
