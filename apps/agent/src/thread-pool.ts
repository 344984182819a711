/**
 * Gives libuv 16 threads in place of 4, unless the environment says otherwise. getaddrinfo gets half of them, so with a
 * dead first resolver six look-ups at once took 5, 5, 10, 10, 15 and 15 s with 4 threads, and all 5 s with 16: the
 * later ones would wait in our queue and look like a network time-out.
 */
export function widenThreadPool(): void {
  // libuv reads it there and nowhere else; config.ts would load zod first.
  // oxlint-disable-next-line node/no-process-env
  const env = process.env;
  env['UV_THREADPOOL_SIZE'] ??= '16';
}
