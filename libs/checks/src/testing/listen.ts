import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { TlsPair } from './test-ca.ts';

export interface ListenOptions {
  /** 127.0.0.1 unless told; every 127.x.y.z is this machine's own on Linux and Windows. */
  address?: string;
  /** A free one unless told. */
  port?: number;
  /** TLS from the first byte with this certificate. */
  tls?: TlsPair;
}

/** A server of a test. `stop` ends its connections too. */
export interface Listener {
  address: string;
  port: number;
  /** How many connections were ever accepted. */
  accepted: () => number;
  /** How many are open now. */
  open: () => number;
  stop: () => Promise<void>;
}

/** Listens on loopback and hands every connection to the script. */
export async function listen(
  { address = '127.0.0.1', port = 0, tls }: ListenOptions,
  onSocket: (socket: Socket) => void,
): Promise<Listener> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer({ noDelay: true }, (raw) => {
    accepted += 1;
    sockets.add(raw);
    raw.once('close', () => sockets.delete(raw)).on('error', vanished);
    if (!tls) return onSocket(raw);
    const secured = new TLSSocket(raw, { isServer: true, key: tls.key, cert: tls.cert });
    carriers.set(secured, raw);
    secured.on('error', vanished).once('secure', () => onSocket(secured));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port }, resolve);
  });
  return {
    address,
    port: (server.address() as AddressInfo).port,
    accepted: () => accepted,
    open: () => sockets.size,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A port of that address on which nobody listens. */
export async function closedPort(address = '127.0.0.1'): Promise<number> {
  const listener = await listen({ address }, (socket) => socket.destroy());
  await listener.stop();
  return listener.port;
}

/** The TCP connection below, for what only it can do: a reset. */
export function carrierOf(socket: Socket): Socket {
  return carriers.get(socket) ?? socket;
}

const carriers = new WeakMap<Socket, Socket>();

/** The other end of a test's server may vanish at any moment; that is for the test to judge, not for the server. */
function vanished(): void {}
