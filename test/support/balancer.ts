import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closedPort } from '@mailpath/checks/testing';
import { vi } from 'vitest';
import { configurationIn } from './document-blocks.ts';

/** As they stand in the page: where it listens, and its instances. */
const PAGE = 'docs/operate.md';
const BIND = 'bind :443 ssl crt /etc/mailpath/tls-and-key.pem';
const INSTANCE = /^ {2}server (\S+) \S+ (.*)$/gm;

/** Debian's HAProxy in front of several instances, configured by the words of docs/operate.md, but without TLS. */
export interface Balancer {
  readonly url: string;
  /** What it said so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts it in front of as many instances as the page names, and waits until it has found one that is ready. */
export async function startBalancer(instances: readonly string[]): Promise<Balancer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'haproxy-'));
  const port = await closedPort();
  const left = instances.map((url) => new URL(url).host);
  const own = configurationIn(PAGE, 'haproxy')
    .replace(BIND, `bind 127.0.0.1:${port}`)
    .replaceAll(INSTANCE, (_, name: string, rest: string) => `  server ${name} ${left.shift()} ${rest}`);
  const file = path.join(folder, 'haproxy.cfg');
  writeFileSync(file, `${own}\n`);
  const child = spawn('haproxy', ['-db', '-f', file], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.once('error', (error) => (said += `${error.message}: apt-get install haproxy`));
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(
    async () => {
      const { status } = await fetch(`${url}/health/ready`).catch((error: Error) => {
        throw new Error(`HAProxy does not answer (${child.exitCode}): ${said}`, { cause: error });
      });
      if (status !== 200) throw new Error(`HAProxy finds nobody ready (${status}): ${said}`);
    },
    { timeout: 240_000, interval: 50 },
  );
  return {
    url,
    log: () => said,
    async stop() {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
