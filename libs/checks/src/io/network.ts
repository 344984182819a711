import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { CheckRun } from '../check.ts';
import type { Deadline } from '../deadline.ts';
import type { ConnectTurns } from './connect-turns.ts';
import type { Gate } from './gate.ts';
import { openWeb } from './proxy.ts';
import type { ProxyEndpoint } from './proxy-url.ts';
import { quietly } from './quiet-run.ts';
import type { RevocationTries } from './revocation.ts';
import { openTcp } from './tcp.ts';
import { openTls, startTls } from './tls.ts';
import type { TrustLists } from './trust.ts';

/** How a run connects to its target. Phases and facts of each step go to the run. */
export interface Network {
  /** Phases `resolve` and `connect`. */
  openTcp(): Promise<Socket>;
  /** The same and `tls`: TLS from the first byte, with a certificate that is valid here. */
  openTls(): Promise<TLSSocket>;
  /** The same for HTTP, through the proxy where there is one: then the phases are `proxy` and `tls`. */
  openWeb(): Promise<TLSSocket>;
  /** One more connection like `openWeb`'s, which leaves no trace in the result. */
  openWebAgain(): Promise<TLSSocket>;
  /**
   * Phase `tls` over a connection that stands. `again` comes to the same point again, to learn after a failed handshake
   * which versions are accepted there.
   */
  startTls(socket: Socket, again: OpenPlain): Promise<TLSSocket>;
  /** The time that is left for the run. */
  readonly deadline: Deadline;
}

/** Opens a connection up to where TLS begins. */
export type OpenPlain = (run: CheckRun, network: Network) => Promise<Socket>;

/** What the network of one run works with. Checks never see it. */
export interface Route {
  readonly deadline: Deadline;
  /** The target's addresses in the system's order, from the round's one look-up of the name; phase `resolve`. */
  addresses(): Promise<readonly string[]>;
  readonly trust: TrustLists;
  /** The proxy to go through, for a check that may; null for the direct path. */
  readonly proxy: ProxyEndpoint | null;
  /** Asked of every connection that is made. */
  readonly gate: Gate;
  /** Shared by the runs of a round: nobody dials one place more than twice at a time. */
  readonly turns: ConnectTurns;
  /**
   * Lets work go on while the check goes on with its own: it takes none of the check's time and can fail no check, but
   * the result waits for it, at most until the check's deadline. The work must end when the signal is aborted.
   */
  inBackground(work: Promise<unknown>): void;
  /** Resolves when the check itself has come to its end, while background work may go on. */
  readonly ended: Promise<void>;
  /** The round's tries of the hosts on which revocation is published; null where nobody wants them. */
  readonly revocation: RevocationTries | null;
  /** Whether every address gets its facts, or only as many as it takes to reach one. */
  readonly surveysAddresses: boolean;
  /** Whether this run is the one of its round that measures the round trip to this host and port. */
  readonly measuresRoundTrip: boolean;
}

export function networkFor(run: CheckRun, route: Route): Network {
  return {
    deadline: route.deadline,
    openTcp: () => openTcp(run, route),
    openTls: () => openTls(run, route),
    openWeb: () => openWeb(run, route),
    openWebAgain: () => openWeb(quietly(run), quietRoute(route)),
    startTls: (socket, again) =>
      startTls(socket, run, route, { again: (own, over) => again(own, networkFor(own, over)) }),
  };
}

/** The same route for a further connection: nothing beside it is looked at. */
export function quietRoute(route: Route, addresses: Route['addresses'] = () => route.addresses()): Route {
  return {
    ...route,
    addresses,
    inBackground: (work) => void work.catch(() => undefined),
    revocation: null,
    surveysAddresses: false,
    measuresRoundTrip: false,
  };
}
