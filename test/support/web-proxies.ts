import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TlsPair } from '@mailpath/checks/testing';
import { vi } from 'vitest';
import { configurationIn } from './document-blocks.ts';
import { isInstalled } from './document-shell.ts';
import { closedPort } from '@mailpath/checks/testing';

const PAGE = 'docs/operate.md';
/** As it stands in the page: the API, its public name, its certificate. */
const API = '127.0.0.1:8025';
const NAME = 'mailpath.example.com';

/** A reverse proxy of Debian, configured by the words of docs/operate.md. */
export interface WebProxy {
  /** https, at the name `localhost`. */
  readonly url: string;
  /** What it said so far. */
  log(): string;
  stop(): Promise<void>;
}

export type Proxies = 'nginx' | 'caddy';

/** Why that proxy cannot be started here; null where it can. */
export const noProxy = (program: Proxies): string | null =>
  isInstalled(program) ? null : `apt-get install ${program === 'nginx' ? 'nginx-light' : program}`;

/** Starts it in front of the API, with that certificate for `localhost`. */
export async function startWebProxy(program: Proxies, apiUrl: string, tls: TlsPair): Promise<WebProxy> {
  const folder = mkdtempSync(path.join(tmpdir(), `${program}-`));
  chmodSync(folder, 0o755); // nginx' workers run as another user
  const port = await closedPort();
  const [certificate, key] = [path.join(folder, 'tls.pem'), path.join(folder, 'tls.key')];
  writeFileSync(certificate, tls.cert);
  writeFileSync(key, tls.key);
  const page = configurationIn(PAGE, program === 'nginx' ? 'nginx' : 'caddyfile');
  const own = [
    [API, new URL(apiUrl).host],
    ['listen 443', `listen 127.0.0.1:${port}`],
    [`${NAME} {`, `localhost:${port} {`],
    [NAME, 'localhost'],
    ['/etc/mailpath/tls.pem', certificate],
    ['/etc/mailpath/tls.key', key],
  ].reduce((text, [from = '', to = '']) => text.replaceAll(from, to), page);
  const [file, words] = program === 'nginx' ? nginx(folder, own) : caddy(folder, own);
  const child = spawn(file, words, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await vi.waitFor(() => listens(port, child, () => said), { timeout: 240_000, interval: 50 });
  return {
    url: `https://localhost:${port}`,
    log: () => said,
    async stop() {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the page leaves to the distribution: the frame around a server. */
function nginx(folder: string, servers: string): [string, string[]] {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const whole = `pid ${folder}/pid; error_log stderr; daemon off;
events { } http { access_log off; ${temporary.join(' ')}
${servers}
}`;
  writeFileSync(path.join(folder, 'nginx.conf'), whole);
  return ['nginx', ['-p', folder, '-e', 'stderr', '-c', path.join(folder, 'nginx.conf')]];
}

/** Without its own ports beside that of the site. */
function caddy(folder: string, sites: string): [string, string[]] {
  writeFileSync(
    path.join(folder, 'Caddyfile'),
    `{\n  admin off\n  auto_https disable_redirects\n}\n\n${sites}\n`,
  );
  return ['caddy', ['run', '--adapter', 'caddyfile', '--config', path.join(folder, 'Caddyfile')]];
}

async function listens(port: number, child: ChildProcess, said: () => string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } catch (error) {
    throw new Error(`does not listen yet (${child.exitCode}): ${said()}`, { cause: error });
  } finally {
    socket.destroy();
  }
}
