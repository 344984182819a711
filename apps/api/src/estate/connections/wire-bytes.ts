import type { Socket } from 'node:net';

/**
 * Watches what comes in on a connection, whatever it is made of: frames, fragments, pings, rubbish. Calls `tooMany`
 * once, before anybody else is given the bytes that are too many. The answer ends the watch.
 */
export function countBytes(socket: Socket, most: number, tooMany: () => void): () => void {
  let count = 0;
  const stop = (): void => void socket.off('data', onData);
  const onData = (chunk: Buffer): void => {
    count += chunk.length;
    if (count <= most) return;
    stop();
    tooMany();
  };
  socket.prependListener('data', onData);
  return stop;
}
