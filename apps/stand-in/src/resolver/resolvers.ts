import { CannotStart } from '../cannot-start.ts';
import type { Faults } from '../faults.ts';
import { Resolver } from './resolver.ts';

export interface ResolversOptions {
  addresses: readonly string[];
  /** The same on every address; a free one for 0. */
  port: number;
  faults: Faults;
  /** What a name leads to for whoever asks at an address; null: there is no such name. */
  namesAt: (address: string) => (name: string) => readonly string[] | null;
}

/** The resolvers of all addresses. */
export interface Resolvers {
  port: number;
  follow: () => Promise<void>;
  stop: () => Promise<void>;
}

/** A port that is free on one address may be taken on another; the next one is then tried. */
const ATTEMPTS = 20;

/** Starts a resolver on every address. */
export async function startResolvers(options: ResolversOptions): Promise<Resolvers> {
  const { addresses, faults, namesAt } = options;
  for (let attempt = 1; ; attempt += 1) {
    const running = addresses.map((address) => new Resolver(address, faults, namesAt(address)));
    const stop = async (): Promise<void> => {
      await Promise.all(running.map((resolver) => resolver.stop()));
    };
    try {
      let { port } = options;
      for (const resolver of running) {
        await resolver.start(port);
        port = resolver.port;
      }
      return {
        port,
        async follow() {
          await Promise.all(running.map((resolver) => resolver.follow()));
        },
        stop,
      };
    } catch (error) {
      await stop();
      const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
      if (code === 'EADDRINUSE' && options.port === 0 && attempt < ATTEMPTS) continue;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
      throw new CannotStart(`${address}:${port} cannot be had (${code}): give another port with --dns-port`);
    }
  }
}
