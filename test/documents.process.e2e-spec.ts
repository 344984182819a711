import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeTestCa } from '@mailpath/checks/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, onTestFailed, vi } from 'vitest';
import { AgentProcess } from '../apps/agent/src/testing/agent-process.ts';
import { type StandIn, startStandIn } from '../apps/stand-in/src/stand-in.ts';
import { type RunningApi, SECRET_KEY, startApi } from './support/api.ts';
import { createMigratedDatabase, type FreshDatabase } from './support/database.ts';
import { debianPostgres, type DebianPostgres, startDebianPostgres } from './support/debian-postgres.ts';
import { statement } from './support/statement.ts';
import { type Block, blocksIn, FIRST, isRun, LAST, readDocument, THEN } from './support/document-blocks.ts';
import { DocumentShell, isInstalled, PINS } from './support/document-shell.ts';
import { installAgent } from './support/real-agent.ts';
import { noProxy, type Proxies, startWebProxy } from './support/web-proxies.ts';

const missing = ['bash', 'curl', 'jq'].filter((program) => !isInstalled(program));
const noShell = missing.length > 0 ? ` (skipped: apt-get install ${missing.join(' ')})` : '';
const bin = debianPostgres();
const DUMPS = /\bpg_(?:dump|restore)\b|\bcreatedb\b/;
const noDump = bin === null ? 'apt-get install postgresql: the embedded Postgres has no pg_dump' : null;

let api: RunningApi;
let postgres: DebianPostgres | null = null;
let standIn: StandIn;
let shell: DocumentShell;
let agent: AgentProcess | undefined;

beforeAll(async () => {
  postgres = bin === null ? null : await startDebianPostgres(bin);
  const database = postgres === null ? await createMigratedDatabase() : databaseAt(postgres.url);
  api = await startApi({ database });
  standIn = await startStandIn({ addresses: ['127.0.0.1', '127.0.0.12'] });
  const restored = new URL(database.url);
  restored.pathname = '/mailpath_restored';
  shell = new DocumentShell(
    {
      API: api.url,
      ADMIN_KEY: api.apiKey,
      DATABASE_URL: database.url,
      RESTORED_URL: restored.href,
      MAILPATH_SECRET_KEY: SECRET_KEY,
      ...(bin === null ? {} : { POSTGRES_BIN: bin }),
    },
    [['http://127.0.0.1:8026', standIn.controlUrl]],
  );
});
afterAll(async () => {
  await agent?.kill();
  await api?.close();
  await standIn?.stop();
  await postgres?.stop();
  shell?.remove();
});

const databaseAt = (url: string): FreshDatabase => ({
  url,
  query: (sql, parameters) => statement(url, sql, parameters),
  drop: () => Promise.resolve(),
});

const findingsAt = async ({ server, apiKey }: RunningApi, siteId: string) => {
  const { body } = await request(server)
    .get(`/v1/sites/${siteId}/findings`)
    .set('authorization', `Bearer ${apiKey}`)
    .expect(200);
  return (body as { items: { id: string; summary: string }[] }).items.map(({ id, summary }) => ({
    id,
    summary,
  }));
};

const firstLine = ({ text }: Block): string => text.split('\n')[0]?.slice(0, 70) ?? '';

/** Every command of a document that carries no reason why it is not run, in order. */
function runs(document: string): void {
  const blocks = blocksIn(document, readDocument(document)).filter(isRun);
  // A key that a page made is that page's.
  it(`${document} starts with a key`, () => expect(shell.run('KEY=$ADMIN_KEY')).resolves.toBe(''));
  for (const block of blocks) {
    const reason = DUMPS.test(block.text) ? noDump : null;
    const unless = reason === null ? '' : ` (skipped: ${reason})`;
    it.skipIf(reason !== null)(`${document}:${block.line} ${firstLine(block)}${unless}`, async () => {
      const typed = bin === null ? block.text : `PATH=$PATH:$POSTGRES_BIN\n${block.text}`;
      await expect(shell.run(typed)).resolves.not.toMatch(/command not found/);
    });
  }
}

describe.skipIf(noShell !== '')(`the commands of the documents, typed one after the other${noShell}`, () => {
  FIRST.forEach(runs);

  it('enrolled an agent with them, which runs and finds that it reaches nothing', async () => {
    const stateDir = shell.value('MAILPATH_AGENT_HOME');
    const file = path.join(stateDir, 'agent.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ siteName: 'head office', resolve: PINS });
    agent = new AgentProcess(['run', '--state', stateDir]);
    await vi.waitFor(() => expect(agent?.log.map(({ event }) => event)).toContain('joined'), 60_000);
    const siteId = shell.value('SITE');
    await vi.waitFor(async () => expect(await findingsAt(api, siteId)).not.toEqual([]), 120_000);
  });

  it('has the document of a second server', async () => {
    await shell.run('mailpath-agent check --json --output svc02.json || [ $? = 1 ]');
    const file = path.join(shell.folder, 'work/svc02.json');
    const report = JSON.parse(readFileSync(file, 'utf8')) as { server: object };
    writeFileSync(file, JSON.stringify({ ...report, server: { ...report.server, name: 'svc02' } }));
    expect(report.server).toHaveProperty('name');
  });

  THEN.forEach(runs);

  it('told the finding, with what to do', async () => {
    const told = await shell.run(
      'curl -fsS "$API/v1/sites/$SITE/findings" -H "Authorization: Bearer $ADMIN_KEY" | jq -r ".items[0].nextStep"',
    );
    expect(told.trim()).not.toBe('');
    expect(JSON.parse(readFileSync(path.join(shell.folder, 'work/site.json'), 'utf8'))).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ rule: expect.any(String) })]),
    });
    expect(readFileSync(path.join(shell.folder, 'work/report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  });

  let before: { id: string; summary: string }[];
  it('has findings to lose', async () => {
    agent?.child.kill('SIGTERM');
    await agent?.ended;
    before = await findingsAt(api, shell.value('SITE'));
    expect(before).not.toEqual([]);
  });

  LAST.forEach(runs);

  it.skipIf(noDump !== null)('restored a database that tells the same findings', async () => {
    const url = new URL(api.database.url);
    url.pathname = '/mailpath_restored';
    const restored = await startApi({ database: databaseAt(url.href) });
    try {
      expect(await findingsAt(restored, shell.value('SITE'))).toEqual(before);
    } finally {
      await restored.close();
    }
  });
});

describe.each<Proxies>(['nginx', 'caddy'])('%s, configured as docs/operate.md says', (program) => {
  const reason = noProxy(program);
  it.skipIf(reason !== null)(
    `lets an agent join, and a browser's name through${reason === null ? '' : ` (skipped: ${reason})`}`,
    async () => {
      const authority = await makeTestCa();
      const proxy = await startWebProxy(program, api.url, await authority.issue({ names: ['localhost'] }));
      onTestFailed(() => void process.stderr.write(proxy.log()));
      const auth = { authorization: `Bearer ${api.apiKey}` };
      const site = await request(api.server).post('/v1/sites').set(auth).send({ name: program }).expect(201);
      const siteId = (site.body as { id: string }).id;
      const joined = await installAgent({ ...api, url: proxy.url }, siteId, program, ['services'], {
        trust: authority.certificate,
      });
      try {
        const { body } = await request(api.server).get(`/v1/sites/${siteId}/servers`).set(auth).expect(200);
        expect((body as { items: unknown[] }).items).toMatchObject([{ agent: { state: 'connected' } }]);
      } finally {
        await joined.remove();
        await proxy.stop();
      }
    },
  );
});
