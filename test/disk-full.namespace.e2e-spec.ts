import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import { createSite, deliveriesFrom, enrolServer, ScriptedAgent } from './support/scripted-agent.ts';
import { statement } from './support/statement.ts';

let folder: string;
let volume: ChildProcess;
let api: RunningApi;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mailpath-small-disk-'));
  volume = spawn(
    'unshare',
    [
      '--mount',
      process.execPath,
      '--conditions=source',
      join(import.meta.dirname, 'support/small-disk-postgres.ts'),
      folder,
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const [{ url }] = (await once(volume, 'message')) as [{ url: string }];
  const query = <Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    statement<Row>(url, sql, parameters);
  api = await startApi({ database: { url, query, drop: async () => undefined } });
});
afterAll(async () => {
  await api.close();
  const ended = once(volume, 'exit');
  volume.disconnect();
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

async function tell(what: 'fill' | 'free'): Promise<void> {
  const done = once(volume, 'message');
  volume.send(what);
  await done;
}
const readiness = async () => (await request(api.server).get('/health/ready')).status;

describe('a database without room on its disk', () => {
  it('is said in one line, takes the readiness away, and costs no result', async () => {
    const siteId = await createSite(api, { name: 'small disk' });
    const agent = await ScriptedAgent.join(api.url, await enrolServer(api, siteId, 'app01'));
    const lines: string[] = [];
    const told = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((chunk) => Boolean(lines.push(String(chunk)))),
    );
    await agent.deliver(deliveriesFrom(1, 50));
    await tell('fill');

    // What is allocated already may have room for some.
    let first = 51;
    while (agent.unread('deferred').length === 0) {
      agent.send('results', { boot: agent.boot, deliveries: batch(first) });
      const answer = await Promise.race([
        agent.next('acknowledged').then(({ sequence }) => sequence),
        agent.next('deferred').then(() => null),
      ]);
      if (answer === null) break;
      first = answer + 1;
    }
    expect(await readiness()).toBe(503);
    await request(api.server).get('/health/live').expect(200);
    const refused = await request(api.server)
      .post('/v1/sites')
      .auth(api.apiKey, { type: 'bearer' })
      .send({ name: 'beside it' });
    // A row may fit into what is allocated; whoever is refused is told why.
    const answers = [refused.status, refused.body.detail ?? 'created'].join(': ');
    expect(answers).toMatch(/^201: created$|^503: The disk of the database is full/);

    await tell('free');
    await expect.poll(readiness).toBe(200);
    for (const stream of told) stream.mockRestore();
    const full = lines.filter((line) => line.includes('"disk-full"'));
    expect(full).toHaveLength(1);
    expect(full[0]).toMatch(/Make room on that volume/);
    expect(lines.filter((line) => line.includes('"stack"'))).toEqual([]);

    agent.send('results', { boot: agent.boot, deliveries: batch(first) });
    expect((await agent.next('acknowledged')).sequence).toBe(first + 99);
    const [stored] = await api.database.query(
      'select count(*)::int as count, count(distinct sequence)::int as sequences, max(sequence)::int as newest from results',
    );
    expect(stored).toEqual({ count: first + 99, sequences: first + 99, newest: first + 99 });
    await agent.leave();
  });
});

/** Results with evidence that no compression makes small. */
const batch = (first: number) =>
  deliveriesFrom(first, 100, () => ({
    evidence: { greeting: { text: Array.from({ length: 28 }, () => crypto.randomUUID()).join('') } },
  }));
