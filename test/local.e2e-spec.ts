import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const LONG = 120_000;

/** `npm start` as a process: what a newcomer types first. */
describe('everything on one machine', () => {
  let folder: string;
  let home: string;
  let child: ChildProcess | undefined;
  let output = '';

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b'], {
      cwd: ROOT,
    });
    folder = mkdtempSync(join(tmpdir(), 'mailpath-local-'));
    chmodSync(folder, 0o711);
    home = join(folder, 'home');
  }, LONG);
  afterEach(async () => {
    if (child?.exitCode === null && child.signalCode === null) {
      child.kill('SIGINT');
      await once(child, 'exit');
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function start(): Promise<string> {
    output = '';
    child = spawn(process.execPath, [join(ROOT, 'apps/local/dist/main.js')], {
      cwd: folder,
      env: { PATH: process.env['PATH'], MAILPATH_HOME: home, MAILPATH_PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => (output += data.toString()));
    await vi.waitFor(
      () => {
        if (!output.includes('Ctrl-C stops everything.')) throw new Error(`not up yet: ${output}`);
      },
      { timeout: LONG, interval: 100 },
    );
    return /(http:\/\/[\d.]+:\d+)\/docs/.exec(output)?.[1] ?? '';
  }

  /** Processes of this start: they name its folder in their command line or work in it. */
  const left = (): string[] =>
    readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid))
      .flatMap((pid) => {
        try {
          const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
          const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
          return command.includes(folder) || environment.includes(folder) ? [`${pid} ${command}`] : [];
        } catch {
          return []; // ended in this moment
        }
      });
  const resultsSoFar = async (url: string): Promise<number> => {
    const key = readFileSync(join(home, 'api-key'), 'utf8').trim();
    const get = async (path: string) =>
      (await (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } })).json()) as {
        items: { id: string; name: string }[];
      };
    const { items: sites } = await get('/v1/sites');
    expect(sites.map(({ name }) => name)).toEqual(['local']);
    return (await get(`/v1/sites/${sites[0]?.id}/results?limit=500`)).items.length;
  };

  it(
    'shows a first round of this machine, ends without a trace, and goes on with its history',
    async () => {
      const url = await start();
      for (const check of ['https.sign-in', 'https.exchange', 'smtp.submission', 'imap.tls', 'pop3.tls'])
        expect(output).toMatch(new RegExp(`${check} .*:\\d+ +(?:pass|warn|FAIL \\S+ \\(\\S+\\))`));
      expect(output).toMatch(/\(services, application\)/);
      expect(output).toMatch(/mpk_[A-Za-z0-9_-]{43}/);
      expect((await fetch(`${url}/docs`)).status).toBe(200);
      const before = await resultsSoFar(url);
      expect(before).toBeGreaterThanOrEqual(6);
      expect(left().length).toBeGreaterThanOrEqual(4); // launcher, API, Postgres, agent

      child?.kill('SIGINT');
      expect(await once(child as ChildProcess, 'exit')).toEqual([0, null]);
      expect(left()).toEqual([]);

      const again = await start();
      expect(output).not.toMatch(/mpk_/);
      expect(await resultsSoFar(again)).toBeGreaterThanOrEqual(before + 6);
    },
    LONG * 2,
  );

  it(
    'leaves nothing running when it is killed hard',
    async () => {
      await start();
      child?.kill('SIGKILL');
      await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 30_000, interval: 200 });
    },
    LONG,
  );
});
