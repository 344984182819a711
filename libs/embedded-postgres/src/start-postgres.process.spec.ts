import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { borrowPostgres, startPostgres } from './index.ts';
import { isAlive, isReady } from './postmaster.ts';

const isRoot = process.getuid?.() === 0;
const NO_SYNC = { flags: ['-c', 'fsync=off'] };
const START = join(import.meta.dirname, 'testing/start-and-wait.ts');

describe('the packaged Postgres', () => {
  let folder: string;
  let home: string;
  const undo: (() => Promise<void>)[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mailpath-postgres-'));
    chmodSync(folder, 0o711);
    home = join(folder, 'home');
  });

  afterEach(async () => {
    for (const step of undo.splice(0).toReversed()) await step();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (at = home) => {
    const postgres = await startPostgres(at, NO_SYNC);
    undo.push(() => postgres.stop());
    return postgres;
  };

  const answers = (url: string) => isReady(Number(new URL(url).port));
  const postmasterPid = () =>
    Number(readFileSync(join(home, 'pgdata/postmaster.pid'), 'utf8').split('\n')[0]);

  it('takes log-ins on a free port of the loopback address, as long as it is not stopped', async () => {
    const first = await start();
    expect(first.borrowed).toBe(false);
    expect(new URL(first.url).hostname).toBe('127.0.0.1');
    expect(await answers(first.url)).toBe(true);
    await first.stop();
    expect(await answers(first.url)).toBe(false);
    const second = await start();
    expect(second.borrowed).toBe(false);
    expect(await answers(second.url)).toBe(true);
  });

  it('keeps its password where only its owner can read it', async () => {
    const { url } = await start();
    expect(readFileSync(join(home, 'pg-password'), 'utf8')).toBe(new URL(url).password);
    expect(statSync(join(home, 'pg-password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'pgdata')).mode & 0o077).toBe(0);
  });

  it('is gone when stop returns, and a second stop does nothing', async () => {
    const postgres = await start();
    const pid = postmasterPid();
    expect(isAlive(pid)).toBe(true);
    await postgres.stop();
    expect(isAlive(pid)).toBe(false);
    await postgres.stop();
  });

  it('does not hear the Ctrl-C of the terminal that its parent was started in', async () => {
    await start();
    const [, , group] =
      readFileSync(`/proc/${postmasterPid()}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    expect(Number(group)).toBe(postmasterPid());
  });

  it.each([
    ['a process that has ended', 2 ** 22 - 1],
    ['another program that was given the same number', process.pid],
  ])('starts over a postmaster.pid left by %s', async (_, pid) => {
    const first = await start();
    await first.stop();
    const stale = `${pid}\n${join(home, 'pgdata')}\n1\n5432\n\n127.0.0.1\n\nready\n`;
    const pidFile = join(home, 'pgdata/postmaster.pid');
    writeFileSync(pidFile, stale, { mode: 0o600 });
    const { uid, gid } = statSync(join(home, 'pgdata'));
    chownSync(pidFile, uid, gid);
    const again = await start();
    expect(again.borrowed).toBe(false);
    expect(await answers(again.url)).toBe(true);
  });

  it('is started once by starts at the same moment; the others say who has the folder', async () => {
    const outcomes = await Promise.allSettled([start(), start(), start()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      expect(outcome.reason.message).toContain(`(process ${process.pid}) is using the data folder ${home}`);
      expect(outcome.reason.message).toContain('MAILPATH_HOME');
    }
  });

  it('is lent to a command beside the process that owns it, which goes on when the command ends', async () => {
    const owner = await start();
    const lent = await borrowPostgres(home);
    expect(lent).toMatchObject({ borrowed: true, url: owner.url });
    await lent.stop();
    expect(await answers(owner.url)).toBe(true);
  });

  it('begins again after a start that was killed while it made the database', async () => {
    mkdirSync(join(home, 'pgdata.new-dead'), { recursive: true });
    writeFileSync(join(home, 'pgdata.new-dead/PG_VERSION'), '18\n');
    const { url } = await start();
    expect(await answers(url)).toBe(true);
    expect(existsSync(join(home, 'pgdata.new-dead'))).toBe(false);
  });

  it('works when new files are closed to everybody else and no language is set', async () => {
    const child = spawn(
      'sh',
      ['-c', `umask 077; exec "$0" --conditions=source "$1" "$2"`, process.execPath, START, home],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: {},
      },
    );
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    expect(await answers(said.toString().trim())).toBe(true);
    child.stdin.end();
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });

  it('says in one sentence that the folder cannot be used', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(startPostgres(join(folder, 'file', 'home'))).rejects.toThrow(
      /^The data folder .*file.home cannot be written \(ENOTDIR\)\. Set MAILPATH_HOME/,
    );
  });

  // Only root has another account to hand the folder to; for anybody else there is nothing to be tried.
  it.runIf(isRoot)('works as root below a folder that only root may enter, and keeps its data', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const inside = join(closed, 'home');
    undo.push(async () => rmSync(elsewhere(), { recursive: true, force: true }));
    const elsewhere = () => readFileSync(join(inside, 'database-location'), 'utf8').trim();

    const first = await start(inside);
    expect(elsewhere()).toMatch(/^\/var\/lib\/mailpath\/[0-9a-f]{8}-[0-9a-f]{6}$/);
    expect(statSync(join(elsewhere(), 'pgdata')).uid).not.toBe(0);
    await first.stop();
    const second = await start(inside);
    expect(second.url.replace(/:\d+\//, '')).toBe(first.url.replace(/:\d+\//, ''));
    expect(await answers(second.url)).toBe(true);
  });
});
