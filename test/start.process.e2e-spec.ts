import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatabase } from './support/database.ts';
import { startProcess, type RunningProcess } from './support/process.ts';

const WAIT = { timeout: 120_000, interval: 50 };

let folder: string;
let home: string;
const running: RunningProcess[] = [];

function makeHome(): void {
  folder = mkdtempSync(join(tmpdir(), 'mailpath-start-'));
  chmodSync(folder, 0o711); // root's Postgres runs as another user
  home = join(folder, 'home');
}
async function endAll(): Promise<void> {
  for (const { child, ended } of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

const start = (
  options: { env?: Record<string, string>; args?: string[]; ipc?: boolean; program?: string } = {},
) => {
  const { env = {}, program = 'main.js', ...rest } = options;
  const settings = { MAILPATH_HOME: home, MAILPATH_PORT: '0', ...env };
  const started = startProcess(program, { ...rest, cwd: folder, env: settings });
  running.push(started);
  return started;
};
const listening = (api: RunningProcess) =>
  vi.waitFor(() => {
    const [, url] = /listens on (http:\S+)/.exec(api.stdout()) ?? [];
    if (!url) expect.fail(`not listening yet: ${api.stdout()}${api.stderr()}`);
    return url;
  }, WAIT);
const keyIn = (api: RunningProcess) => /mpk_[A-Za-z0-9_-]{43}/.exec(api.stdout())?.[0] ?? '';
const sites = (url: string, key: string) =>
  fetch(`${url}/v1/sites`, { headers: { authorization: `Bearer ${key}` } });
const postmaster = () => Number(readFileSync(join(home, 'pgdata/postmaster.pid'), 'utf8').split('\n')[0]);
const isGone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true; // ESRCH is what is asked for
  }
};

describe('the API as a process, from its first start on', () => {
  let api: RunningProcess;
  let url: string;
  /** As the first start told it. */
  let key: string;
  let keyMadeWithoutIt: string;

  beforeAll(makeHome);
  afterAll(endAll);

  it('starts with no setting at all, and prints its address and a key that works', async () => {
    api = start();
    url = await listening(api);
    key = keyIn(api);
    expect(api.stdout().split(key)).toHaveLength(2);
    expect((await sites(url, key)).status).toBe(200);
  });

  it('refuses a second start on the same data, and goes on unharmed', async () => {
    const second = start();
    expect(await second.ended).toBe(2);
    expect(second.stderr()).toMatch(
      /^Another Mailpath \(process \d+\) is using the data folder .*MAILPATH_HOME/,
    );
    expect((await sites(url, key)).status).toBe(200);
  });

  it('has another key made for whoever lost the first, beside it and without it', async () => {
    const beside = start({ program: 'app/api-key.command.js', args: ['for', 'me'] });
    expect(await beside.ended).toBe(0);
    expect((await sites(url, keyIn(beside))).status).toBe(200);
    const pid = postmaster();
    api.child.kill('SIGTERM');
    expect(await api.ended).toBe(0);
    expect(api.stderr()).toBe('');
    expect(isGone(pid)).toBe(true);

    const alone = start({ program: 'app/api-key.command.js', args: ['for me too'] });
    expect(await alone.ended).toBe(0);
    keyMadeWithoutIt = keyIn(alone);
    const nameless = start({ program: 'app/api-key.command.js' });
    expect(await nameless.ended).toBe(2);
    expect(nameless.stderr()).toMatch(/^Usage: npm run api-key -- NAME/);
  });

  it('tells a program that started it where it listens, and ends when that program has gone', async () => {
    api = start({ ipc: true });
    const [message] = await once(api.child, 'message');
    url = await listening(api);
    expect(message).toEqual({ event: 'listening', url });
    expect((await sites(url, keyMadeWithoutIt)).status).toBe(200);
    const pid = postmaster();
    api.child.disconnect();
    expect(await api.ended).toBe(0);
    expect(isGone(pid)).toBe(true);
    // It tells its key once, at the first start.
    expect(api.stdout()).not.toContain('mpk_');
  });

  it('is started anew at once after it was killed hard, whether or not its database has ended by then', async () => {
    api = start();
    await listening(api);
    api.child.kill('SIGKILL');
    await api.ended;
    api = start();
    expect((await sites(await listening(api), key)).status).toBe(200);
  });

  it('takes its database along when it is killed hard, and goes on with its data at the next start', async () => {
    const pid = postmaster();
    api.child.kill('SIGKILL');
    await api.ended;
    await vi.waitUntil(() => isGone(pid), WAIT);
    api = start();
    expect((await sites(await listening(api), key)).status).toBe(200);
    expect(readFileSync(join(home, 'postgres.log'), 'utf8')).toContain('automatic recovery in progress');
    api.child.kill('SIGINT');
    expect(await api.ended).toBe(0);
    expect(() => readFileSync(join(home, 'pgdata/postmaster.pid'))).toThrow('ENOENT');
  });
});

describe('the API as a process', () => {
  beforeEach(makeHome);
  afterEach(endAll);

  it('takes its database along when it is asked to stop before it listens', async () => {
    const api = start();
    const pid = await vi.waitFor(postmaster, WAIT);
    expect(api.stdout()).not.toContain('listens on');
    api.child.kill('SIGTERM');
    expect(await api.ended).toBe(0);
    expect(isGone(pid)).toBe(true);
  });

  it('says in one line that the port is taken, and exits with 2', async () => {
    const taken = net.createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const api = start({ env: { MAILPATH_PORT: String(port) } });
    expect(await api.ended).toBe(2);
    expect(api.stderr().trim().split('\n')).toEqual([expect.stringMatching(/port is in use.*MAILPATH_PORT/)]);
    taken.close();
    // The key that this start may have made was never told, so the next one has to tell one.
    const next = start();
    await listening(next);
    expect(keyIn(next)).not.toBe('');
  });

  it('says in one line that the data folder cannot be used, and exits with 2', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'file'), '');
    const api = start({ env: { MAILPATH_HOME: join(folder, 'file') } });
    expect(await api.ended).toBe(2);
    expect(api.stderr().trim().split('\n')).toEqual([expect.stringMatching(/data folder .* MAILPATH_HOME/)]);
  });

  it('names every setting that is wrong before it touches anything', async () => {
    const api = start({ env: { MAILPATH_PORT: 'x', DATABASE_URL: 'http://h/' } });
    expect(await api.ended).toBe(2);
    expect(api.stderr()).toMatch(/DATABASE_URL: write[^]*MAILPATH_PORT: write/);
  });

  it('uses the database of DATABASE_URL, with the first key that was given, and starts none of its own', async () => {
    const database = await createDatabase();
    const given = `mpk_${'g'.repeat(43)}`;
    const env = { DATABASE_URL: database.url, MAILPATH_INITIAL_API_KEY: given };
    const migrated = start({ program: 'app/database/migrate.command.js', env });
    expect(await migrated.ended).toBe(0);
    expect(migrated.stdout()).toMatch(/^Done: FirstTables/);
    const api = start({ env });
    expect((await sites(await listening(api), given)).status).toBe(200);
    expect(api.stdout()).not.toContain('mpk_');
    expect(() => readFileSync(join(home, 'pg-password'))).toThrow('ENOENT');
    api.child.kill('SIGTERM');
    expect(await api.ended).toBe(0);
    await database.drop();
  });
});
