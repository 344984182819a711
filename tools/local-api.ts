import { fork } from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const KEY = `mpk_${'w'.repeat(43)}`;

export interface LocalApi {
  readonly url: string;
  /** Calls it as an administrator; rejects for any refusal. */
  call(method: string, at: string, body?: object): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** The built API with a database of its own in that folder; started again there, it has what it had. */
export async function startLocalApi(
  home: string,
  { port = 0, env = {} }: { port?: number; env?: Record<string, string> } = {},
): Promise<LocalApi> {
  const child = fork(path.join(ROOT, 'apps/api/dist/main.js'), [], {
    cwd: home,
    env: { MAILPATH_HOME: home, MAILPATH_PORT: String(port), MAILPATH_INITIAL_API_KEY: KEY, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.on('message', (message) => resolve((message as { url: string }).url));
  child.once('exit', (code) => reject(new Error(`the API ended with ${code}`)));
  const url = await promise;
  return {
    url,
    async call(method, at, body) {
      const answer = await fetch(`${url}${at}`, {
        method,
        headers: { authorization: `Bearer ${KEY}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${at}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Record<string, unknown>;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
