import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { limitKey, type TrustedProxies } from '../../platform/caller-address.ts';
import { UnprovedSockets } from '../../estate/connections/unproved-sockets.ts';

const MOST = { ofAddress: 256, inAll: 1_024 };

/**
 * Bounds the connections on which no request has come yet; each is read for ten seconds. When there are too many, the
 * oldest has to go, so that nobody keeps others out. A proxy that was set opens them ahead of time for everybody.
 */
export function boundSilentConnections(server: Server, proxies: TrustedProxies, most = MOST): void {
  const silent = new UnprovedSockets<SilentConnection>(most);
  const known = new WeakMap<Socket, SilentConnection>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress;
    if (address === undefined || proxies.has(address)) return;
    const connection = new SilentConnection(socket);
    known.set(socket, connection);
    socket.once('close', () => silent.leave(connection));
    silent.enter(limitKey(address), connection);
  });
  const spoke = ({ socket }: IncomingMessage): void => {
    const connection = known.get(socket);
    if (connection) silent.leave(connection);
  };
  server.prependListener('request', spoke);
  server.prependListener('upgrade', spoke);
}

class SilentConnection {
  readonly isJoining = false;

  constructor(private readonly socket: Socket) {}

  turnAway(): void {
    this.socket.destroy();
  }
}
