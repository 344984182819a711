import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { stateDbPath } from '../apps/agent/src/state-db.ts';
import { closedPort } from '@mailpath/checks/testing';
import { createDatabase, type FreshDatabase } from './support/database.ts';
import { startInstance } from './support/instance.ts';
import type { RunningProcess } from './support/process.ts';
import { RealAgent } from './support/real-agent.ts';

/** Agent and API as real processes, so that both can be killed hard; the database stays. */
let database: FreshDatabase;
let folder: string;
let port: number;
let api: RunningProcess;
let agent: RealAgent;
const key = `mpk_${'k'.repeat(43)}`;

const startApi = async (): Promise<void> => {
  const env = { MAILPATH_LOG_LEVEL: 'error' };
  ({ process: api } = await startInstance({ database, folder, apiKey: key, port, env }));
};

const call = async (method: string, path: string, body?: object) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return {
    status: response.status,
    body: (await response.json()) as { id: string; code: string; state: string },
  };
};

const waiting = (): number => {
  const outbox = new DatabaseSync(stateDbPath(agent.stateDir), { readOnly: true });
  try {
    return Number(outbox.prepare('select count(*) as n from deliveries').get()?.['n']);
  } finally {
    outbox.close();
  }
};

beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'mailpath-kill-'));
  port = await closedPort();
  await startApi();
});

afterAll(async () => {
  await agent.remove();
  api.child.kill('SIGTERM');
  await api.ended;
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

it('loses no result and stores none twice when API and agent are killed hard again and again', async () => {
  const refusing = { host: '127.0.0.1', port: await closedPort() };
  const targets = Object.fromEntries(
    ['login', 'login-alias', 'exchange', 'smtp', 'imap', 'pop3'].map((name) => [name, refusing]),
  );
  const site = await call('POST', '/v1/sites', { name: 'kill', targets, everySeconds: 10 });
  const runs = `/v1/sites/${site.body.id}/runs`;
  const server = await call('POST', `/v1/sites/${site.body.id}/servers`, {
    name: 'svc01',
    roles: ['services'],
  });
  const code = await call('POST', `/v1/sites/${site.body.id}/servers/${server.body.id}/enrolment-codes`);
  agent = new RealAgent({ allow: [`127.0.0.1:${refusing.port}`] });
  await agent.enrol(`http://127.0.0.1:${port}`, code.body.code);
  await agent.start();

  /**
   * Orders rounds until that many were taken (the agent may be away, or the API just starting); answers the last one's
   * id.
   */
  const order = async (count: number) => {
    let taken = 0;
    let id = '';
    await vi.waitFor(
      async () => {
        const { status, body } = await call('POST', runs);
        if (status === 202) taken += 1;
        id = body.id;
        if (taken < count) throw new Error(`only ${taken} of ${count} runs were taken`);
      },
      { timeout: 120_000, interval: 20 },
    );
    return id;
  };

  for (let round = 0; round < 3; round += 1) {
    await order(4);
    api.child.kill('SIGKILL'); // batches are on their way, some committed and not yet acknowledged
    await api.ended;
    await startApi();
    await order(4);
    await agent.kill(); // results are in the outbox, some delivered and not yet forgotten
    await agent.start();
  }
  // What the present start observes comes after everything that earlier starts left behind, so this run ends last.
  const last = await order(1);
  await vi.waitFor(async () => expect((await call('GET', `${runs}/${last}`)).body.state).toBe('done'), {
    timeout: 120_000,
    interval: 100,
  });
  await vi.waitFor(() => expect(waiting()).toBe(0), { timeout: 120_000, interval: 100 });

  const boots = await database.query<{
    boot: string;
    rows: number;
    highest: number;
    dropped: number;
    mark: number;
  }>(
    `select r.boot, count(*)::int as rows, max(r.sequence)::int as highest,
       max(b.dropped)::int as dropped, max(b.acknowledged)::int as mark
     from results r join agent_boots b using (site_id, agent_id, boot) group by r.boot`,
  );
  // a start that was killed before its first result leaves nothing; in all others sequences are whole: 1, 2, 3 … and
  // none twice
  expect(boots.length).toBeGreaterThan(1);
  for (const { rows, highest, dropped, mark } of boots) {
    expect(rows).toBe(highest);
    expect(mark).toBe(highest);
    expect(dropped).toBe(0);
  }
  const [ids] = await database.query('select count(*) = count(distinct id) as unique from results');
  expect(ids).toEqual({ unique: true });
});
