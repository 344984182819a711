import { CannotStart } from './cannot-start.ts';
import type { Certificates } from './certificates.ts';
import type { Faults, Service } from './faults.ts';
import { PathListener, type Session } from './path-listener.ts';
import { type ResolversOptions, startResolvers } from './resolver/resolvers.ts';

export type Ports = Record<Service, number>;

export interface ListenersOptions {
  /** Loopback addresses, each a way to the stand-in of its own. */
  addresses: readonly string[];
  /** Free ones where left out, the same on every address. */
  ports: Readonly<Partial<Ports>>;
  sessions: Readonly<Record<Service, Session>>;
  certificates: Certificates;
  faults: Faults;
  resolver: Pick<ResolversOptions, 'port' | 'namesAt'>;
}

/** All services on all addresses. */
export interface Listeners {
  ports: Ports;
  dnsPort: number;
  /** Resolves when every fault of the path that was switched on or off holds; rejects when one could not be. */
  settled: () => Promise<void>;
  stop: () => Promise<void>;
}

const SERVICES: readonly Service[] = ['https', 'smtp', 'imap', 'pop3'];

/** A port that is free on one address may be taken on another; the next one that the system offers is then tried. */
const ATTEMPTS = 20;

/** Listens, and follows the faults of the path from then on. */
export async function startListeners(options: ListenersOptions): Promise<Listeners> {
  const running: PathListener[] = [];
  const ports: Partial<Ports> = {};
  const stopAll = () => Promise.all(running.splice(0).map((listener) => listener.stop()));
  try {
    for (const service of SERVICES) {
      const started = await startService(service, options);
      running.push(...started);
      ports[service] = started[0]?.port ?? 0;
    }
  } catch (error) {
    await stopAll();
    throw error;
  }
  const { addresses, faults } = options;
  const resolvers = await startResolvers({ addresses, faults, ...options.resolver }).catch(
    async (error: unknown) => {
      await stopAll();
      throw error;
    },
  );
  let turn = Promise.resolve();
  let stopped = false;
  const follow = async (): Promise<void> => {
    if (stopped) return;
    await Promise.all([...running.map((listener) => listener.follow(faults)), resolvers.follow()]);
  };
  faults.onChanged(() => {
    turn = turn.then(follow, follow);
    // Whoever waits for it hears of it; nobody has to wait.
    turn.catch(() => undefined);
  });
  return {
    ports: ports as Ports,
    dnsPort: resolvers.port,
    settled: () => turn,
    async stop() {
      stopped = true;
      // A change under way must end first, or it would open again what is closed here; how it ended is no longer of
      // interest.
      await turn.catch(() => undefined);
      await Promise.all([stopAll(), resolvers.stop()]);
    },
  };
}

async function startService(service: Service, options: ListenersOptions): Promise<PathListener[]> {
  const { addresses, sessions, certificates } = options;
  const wanted = options.ports[service] ?? 0;
  for (let attempt = 1; ; attempt += 1) {
    const listeners = addresses.map(
      (address) => new PathListener({ service, address, session: sessions[service], certificates }),
    );
    try {
      let port = wanted;
      for (const listener of listeners) {
        await listener.start(port);
        port = listener.port;
      }
      return listeners;
    } catch (error) {
      await Promise.all(listeners.map((listener) => listener.stop()));
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!isTaken || wanted !== 0 || attempt === ATTEMPTS) throw explained(error, service);
    }
  }
}

function explained(error: unknown, service: Service): unknown {
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const place = `${address}:${port}`;
  if (code === 'EADDRINUSE') {
    return new CannotStart(`${place} is in use already: give another port with --${service}-port`);
  }
  if (code === 'EACCES') {
    return new CannotStart(`may not listen on ${place}: give a port above 1023 with --${service}-port`);
  }
  if (code === 'EADDRNOTAVAIL') {
    return new CannotStart(`${address} is no address of this machine: give another with --address`);
  }
  return error;
}
