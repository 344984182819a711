import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const UNREAD_MS = 10_000;

/**
 * Once a request asks for an upgrade, the HTTP server watches its connection no more; one that is refused may then
 * stand for as long as its other end likes. Whoever takes the connection over sets its own limit, which takes the place
 * of this one.
 */
export function endUnreadUpgrades(server: Server): void {
  server.prependListener('upgrade', (_request, connection) => {
    const socket = connection as Socket;
    socket.setTimeout(UNREAD_MS, () => socket.destroy());
  });
}
