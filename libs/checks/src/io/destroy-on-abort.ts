import type { Socket } from 'node:net';

/** Ties a socket to a signal: it is destroyed when the signal is aborted, and nothing is left when it closes first. */
export function destroyOnAbort<S extends Socket>(socket: S, signal: AbortSignal): S {
  const onAbort = () => socket.destroy();
  signal.addEventListener('abort', onAbort, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', onAbort));
  // Whoever waits on the socket hears of its errors; this listener keeps one that nobody waits for from ending the
  // process.
  socket.on('error', () => undefined);
  if (signal.aborted) onAbort();
  return socket;
}
