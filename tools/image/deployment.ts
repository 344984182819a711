import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import { json } from 'node:stream/consumers';
import path from 'node:path';
import { closedPort } from '@mailpath/checks/testing';
import { PACKAGING } from '../agent-build/places.ts';
import type { Podman } from './podman.ts';

const PROJECT = 'mailpath-image';
const AGENT = `${PROJECT}_agent`;

/** `packaging/compose`, started as its own first lines say, with the port of Caddy on this machine alone. */
export class Deployment {
  readonly #podman: Podman;
  readonly #folder: string;
  readonly #port: number;

  private constructor(podman: Podman, folder: string, port: number) {
    this.#podman = podman;
    this.#folder = folder;
    this.#port = port;
  }

  static async start(podman: Podman, within: string): Promise<Deployment> {
    const folder = path.join(within, 'compose');
    cpSync(path.join(PACKAGING, 'compose'), folder, { recursive: true });
    const port = await closedPort();
    const file = path.join(folder, 'compose.yml');
    const lines = readFileSync(file, 'utf8');
    if (!lines.includes("'443:8443'")) throw new Error('compose.yml opens another port than 443 now.');
    writeFileSync(file, lines.replace("'443:8443'", `'127.0.0.1:${port}:8443'`));
    makeSecrets(folder);
    const deployment = new Deployment(podman, folder, port);
    podman.run('podman-compose', ['-p', PROJECT, 'up', '-d'], folder);
    return deployment;
  }

  container(service: 'api' | 'postgres' | 'proxy'): string {
    return `${PROJECT}_${service}_1`;
  }

  secrets(): string[] {
    return ['postgres_password', 'secret_key', 'initial_api_key'].map((name) => this.#secret(name));
  }

  async isReady(): Promise<boolean> {
    return this.#ask('GET', '/health/ready').then(
      ({ status }) => status === 200,
      () => false,
    );
  }

  /** Calls the API through Caddy as an administrator; rejects for any refusal. */
  async call(method: string, at: string, body?: object): Promise<Record<string, unknown>> {
    const { status, answer } = await this.#ask(method, at, body);
    if (status >= 300) throw new Error(`${method} ${at}: ${status} ${JSON.stringify(answer)}`);
    return answer as Record<string, unknown>;
  }

  async list(at: string): Promise<unknown[]> {
    return ((await this.call('GET', at)) as { items: unknown[] }).items;
  }

  enrolAgent(image: string, code: string): void {
    this.#agent(image, ['run', '--rm'], ['enrol', 'https://proxy:8443', code]);
  }

  startAgent(image: string): void {
    this.#agent(image, ['run', '--detach', '--name', AGENT, '--restart', 'unless-stopped'], ['run']);
  }

  /** Its process, hard: podman would take its own `kill` for a stop that is wanted, and not start it again. */
  kill(service: 'api'): void {
    const pid = this.#podman.run('podman', [
      'inspect',
      '--format',
      '{{.State.Pid}}',
      this.container(service),
    ]);
    process.kill(Number(pid), 'SIGKILL');
  }

  remove(): void {
    this.#podman.run('podman', ['rm', '--force', '--ignore', '--volumes', AGENT]);
    this.#podman.run('podman-compose', ['-p', PROJECT, 'down', '--volumes'], this.#folder);
    this.#podman.run('podman', ['volume', 'rm', '--force', AGENT]);
  }

  #agent(image: string, how: string[], command: string[]): void {
    const certificate = path.join(this.#folder, 'secrets/tls.pem');
    this.#podman.run('podman', [
      ...how,
      `--network=${PROJECT}_default`,
      '--read-only',
      '--tmpfs=/tmp',
      '--cap-drop=ALL',
      `--volume=${AGENT}:/var/lib/mailpath-agent`,
      `--volume=${certificate}:/tls.pem:ro`,
      '--env=NODE_EXTRA_CA_CERTS=/tls.pem',
      `localhost/${image}`,
      ...command,
    ]);
  }

  #secret(name: string): string {
    return readFileSync(path.join(this.#folder, 'secrets', name), 'utf8').trim();
  }

  async #ask(method: string, at: string, body?: object): Promise<{ status: number; answer: unknown }> {
    const request = https.request({
      host: '127.0.0.1',
      port: this.#port,
      path: at,
      method,
      servername: 'proxy',
      ca: this.#secret('tls.pem'),
      headers: {
        authorization: `Bearer ${this.#secret('initial_api_key')}`,
        ...(body && { 'content-type': 'application/json' }),
      },
    });
    request.end(body && JSON.stringify(body));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, answer: await json(response) };
  }
}

function makeSecrets(folder: string): void {
  for (const name of ['secrets', 'downloads']) mkdirSync(path.join(folder, name), { mode: 0o755 });
  const first = readFileSync(path.join(folder, 'compose.yml'), 'utf8');
  const commands = [...first.matchAll(/^# {3}(mkdir.*|echo.*)$/gm)].map(([, line = '']) => line);
  if (commands.length !== 2)
    throw new Error('The first lines of compose.yml make the secrets otherwise now.');
  const shell = (line: string): void =>
    void execFileSync('sh', ['-euc', line], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  for (const line of commands) shell(line.replace('mkdir -m 700 secrets && ', ''));
  // prettier-ignore
  shell('openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=proxy -addext subjectAltName=DNS:proxy -keyout secrets/tls.key -out secrets/tls.pem 2>/dev/null; chmod 644 secrets/*');
  if (readdirSync(path.join(folder, 'secrets')).length !== 5) throw new Error('A secret is missing.');
}
