import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

/** A way to the database that can be cut and frozen, as networks and servers do it. */
export interface DatabaseGate {
  /** The database's address through the gate. */
  readonly url: string;
  /** Every connection is reset and no new one is taken, as when Postgres has stopped. */
  cut(): Promise<void>;
  /** Connections stand, new ones are taken, and not a byte goes through, as when the machine hangs. */
  freeze(): void;
  /** Connections that stand are silent, new ones go through, as after a switch to another machine. */
  freezeStanding(): void;
  /** As in the beginning. What was frozen goes on. */
  open(): Promise<void>;
  close(): Promise<void>;
  /** How many statements with these words have gone to the database so far, counted from the call. */
  counting(words: string): () => number;
}

export async function gateTo(databaseUrl: string): Promise<DatabaseGate> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let frozen = false;
  const counters: { words: string; count: number }[] = [];
  const server = net.createServer((near) => {
    const far = net.connect(Number(target.port || 5432), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (data: Buffer) => {
        if (from === near)
          for (const counter of counters)
            counter.count += data.toString('latin1').split(counter.words).length - 1;
        to.write(data);
      });
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('error', () => to.destroy()); // being cut is what this is for
      if (frozen) from.pause();
    }
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const stopListening = async () => {
    if (!server.listening) return;
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
    await once(server, 'close');
  };
  const port = await listen(0);
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    cut: stopListening,
    freeze: () => {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    freezeStanding: () => {
      for (const socket of sockets) socket.pause();
    },
    open: async () => {
      frozen = false;
      for (const socket of sockets) socket.resume();
      if (!server.listening) await listen(port);
    },
    close: stopListening,
    counting: (words) => {
      const counter = { words, count: 0 };
      counters.push(counter);
      return () => counter.count;
    },
  };
}
