/**
 * Ends this process with the code, now. process.exit() first waits for libuv's threads, and a look-up that was given up
 * holds one of them inside getaddrinfo for as long as the resolver's own patience lasts (10 s and more with dead
 * resolvers). Where the system can replace a process's image, that ends them all; elsewhere it is waited for.
 */
export function leave(code: number): void {
  if (process.execve && process.platform !== 'win32')
    process.execve('/bin/sh', ['sh', '-c', `exit ${code}`], {});
  process.exit(code);
}
