import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Launched, LONG } from './support/launched.ts';

/** `npm start` as a process: what an administrator types first. */
describe('everything on one machine', () => {
  let launched: Launched;

  beforeEach(() => (launched = new Launched()));
  afterEach(() => launched.remove());

  async function start(): Promise<string> {
    launched.start('main.js', [], { MAILPATH_PORT: '0' });
    await launched.saw('Ctrl-C stops everything.');
    return /(http:\/\/[\d.]+:\d+)\/docs/.exec(launched.output)?.[1] ?? '';
  }

  const resultsSoFar = async (url: string): Promise<number> => {
    const key = readFileSync(join(launched.home, 'api-key'), 'utf8').trim();
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
      const { output } = launched;
      for (const check of ['https.sign-in', 'https.exchange', 'smtp.submission', 'imap.tls', 'pop3.tls'])
        expect(output).toMatch(new RegExp(`${check} .*:\\d+ +(?:pass|warn|FAIL \\S+\\n +\\S+ [\\d.]+ m?s)`));
      expect(output).toMatch(/^ +services\n +application$/m);
      expect(output).toMatch(/mpk_[A-Za-z0-9_-]{43}/);
      expect((await fetch(`${url}/docs`)).status).toBe(200);
      const before = await resultsSoFar(url);
      expect(before).toBeGreaterThanOrEqual(6);
      expect(launched.left().length).toBeGreaterThanOrEqual(4); // launcher, API, Postgres, agent

      launched.kill('SIGINT');
      expect(await launched.ended()).toEqual([0, null]);
      expect(launched.left()).toEqual([]);

      const again = await start();
      expect(launched.output).not.toMatch(/mpk_/);
      expect(await resultsSoFar(again)).toBeGreaterThanOrEqual(before + 6);
    },
    LONG * 2,
  );

  it(
    'leaves nothing running when its API is killed hard, and says which part stopped',
    async () => {
      await start();
      const [api] = launched.left().filter((line) => line.includes('apps/api/dist/main.js'));
      process.kill(Number.parseInt(api ?? '', 10), 'SIGKILL');
      expect(await launched.ended()).toEqual([1, null]);
      expect(launched.output).toContain('A part of Mailpath stopped by itself: the API.');
      await vi.waitFor(() => expect(launched.left()).toEqual([]), { timeout: LONG, interval: 200 });
    },
    LONG * 2,
  );

  it(
    'leaves nothing running when it is killed hard',
    async () => {
      await start();
      launched.kill('SIGKILL');
      await vi.waitFor(() => expect(launched.left()).toEqual([]), { timeout: LONG, interval: 200 });
    },
    LONG * 2,
  );
});
