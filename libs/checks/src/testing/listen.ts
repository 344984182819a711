import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
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
  const server: Server = tls
    ? createTlsServer({ key: tls.key, cert: tls.cert }, onSocket)
    : createServer({ noDelay: true }, onSocket);
  // 'connection' comes before any handshake, so sockets that never finish one are ended by `stop` as well.
  server.prependListener('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    ignoreErrors(socket);
  });
  server.on('secureConnection', ignoreErrors);
  // A client that breaks off the handshake is what some tests are about.
  server.on('tlsClientError', () => undefined);
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

/** The other end of a test's server may vanish at any moment; that is for the test to judge, not for the server. */
function ignoreErrors(socket: Socket): void {
  socket.on('error', () => undefined);
}
