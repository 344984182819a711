import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { CLOSE, type Assignment, type RunOrder, type Task } from '@mailpath/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareIdentity, type AgentFile } from './agent-file.ts';
import { makeAgentKey } from './agent-key.ts';
import { AgentProcess } from './testing/agent-process.ts';
import { ScriptedApi } from './testing/scripted-api.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

let api: ScriptedApi;
let stateDir: string;
const started: AgentProcess[] = [];
beforeEach(async () => {
  api = await ScriptedApi.listen();
  stateDir = tempDir();
  enrolled();
});
afterEach(async () => {
  for (const one of started.splice(0)) await one.kill();
  await api.stop();
  removeTempDirs();
});

const PATIENCE = { timeout: 120_000 };

function enrolled(serverId: string = randomUUID()): void {
  const file: AgentFile = {
    apiUrl: `http://127.0.0.1:${api.port}/`,
    agentId: randomUUID(),
    siteId: randomUUID(),
    siteName: 'Head office',
    serverId,
    serverName: 'app01',
    roles: ['application'],
    allow: ['127.0.0.1:1'],
    resolve: {},
  };
  prepareIdentity(stateDir, makeAgentKey()).commit(file);
}

function start(ipc = false): AgentProcess {
  const agent = new AgentProcess(['run', '--state', stateDir], {}, ipc);
  started.push(agent);
  return agent;
}
async function status(language = 'en'): Promise<string> {
  return (await new AgentProcess(['status', '--state', stateDir, '--lang', language]).ended).stdout;
}

const tasks: Task[] = [{ check: 'imap.tls', target: { name: 'imap', host: '127.0.0.1', port: 1 } }];
const deadlines = { checkDeadlineMs: 1_000, roundDeadlineMs: 1_000 };
const order = (): RunOrder => ({ runId: randomUUID(), ...deadlines, tasks });
const assignment: Assignment = { revision: 'r1', everySeconds: 3_600, ...deadlines, tasks };

describe('mailpath-agent run', () => {
  it('joins, does what it is told, reports it, and goes when asked', async () => {
    const agent = start();
    const visit = await api.visit();
    await visit.letIn();
    const asked = order();
    visit.say({ event: 'run', data: asked });
    const { boot, deliveries } = await visit.hear('results');
    expect(deliveries).toMatchObject([
      {
        sequence: 1,
        runId: asked.runId,
        result: { outcome: 'fail', failure: { phase: 'connect', code: 'refused' } },
      },
    ]);
    visit.say({ event: 'acknowledged', data: { boot, sequence: 1 } });
    expect(await status()).toMatch(/^running +yes\nconnected +yes, since \d{4}-/m);
    expect(await status('ja')).toMatch(/^動作中 +はい\n接続 +はい \(\d{4}-/m);
    const closed = once(visit.socket, 'close') as Promise<[number]>;
    agent.child.kill('SIGTERM');
    expect((await closed)[0]).toBe(CLOSE.goingAway);
    expect(await agent.ended).toMatchObject({ code: 0, stderr: '' });
    expect(agent.log.map((line) => line.event)).toEqual([
      'started',
      'joined',
      'round',
      'stopping',
      'stopped',
    ]);
    expect(await status()).toMatch(/^waiting +0 results$/m);
  });

  it('reports after a hard kill what it had seen before, and keeps its assignment without the API', async () => {
    const first = start();
    const visit = await api.visit();
    const { boot } = await visit.letIn();
    visit.say({ event: 'assignment', data: assignment });
    visit.say({ event: 'run', data: order() });
    const seen = await visit.hear('results');
    first.child.kill('SIGKILL');
    await first.ended;
    const { port } = api;
    await api.stop();
    // Killed with a connection: what does not run is not connected.
    // A round of its own may have ended by then, and may not.
    expect(await status()).toMatch(
      /^running +no\nconnected +no\nlast round +(?:none yet|20\d\d-[\d:T.-]+Z)$/m,
    );
    expect(await status()).toMatch(/^waiting +(?:1 result|2 results), the oldest from /m);
    expect(await status()).toMatch(/^assignment +1 check every 3600 s \(revision r1\)$/m);

    const second = start();
    await vi.waitFor(
      () => expect(second.log).toContainEqual(expect.objectContaining({ event: 'assigned', kept: true })),
      PATIENCE,
    );
    api = await ScriptedApi.listen(port);
    const later = await api.visit();
    const join = await later.letIn();
    expect(join.boot).not.toBe(boot);
    // The hour at which a frame left is its own; what it delivers is the same, and may be followed by that round.
    const again = await later.hear('results');
    expect({ ...again, deliveries: again.deliveries.slice(0, seen.deliveries.length) }).toEqual({
      ...seen,
      sentAtMs: expect.any(Number) as number,
    });
  });

  it('does not run twice on one state folder, not even for a moment after a hard kill', async () => {
    const first = start();
    await vi.waitFor(() => expect(first.log.length).toBeGreaterThan(0), PATIENCE);
    const second = await start().ended;
    expect(second).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `mailpath-agent: another agent runs on ${stateDir}: stop it first, or name another folder with --state\n`,
    });
    first.child.kill('SIGKILL');
    await first.ended;
    const third = start();
    await vi.waitFor(() => expect(third.log[0]?.event).toBe('started'), PATIENCE);
  });

  it('tells the parent that started it when it has joined, and goes when that parent goes', async () => {
    const agent = start(true);
    const message = once(agent.child, 'message');
    await (await api.visit()).letIn();
    expect((await message)[0]).toEqual({ event: 'joined' });
    agent.child.disconnect();
    expect(await agent.ended).toMatchObject({ code: 0 });
  });

  it('goes when its standard input ends, where it is told to, and not before', async () => {
    const agent = new AgentProcess(['run', '--state', stateDir, '--stop-with-stdin'], {}, false, true);
    started.push(agent);
    await (await api.visit()).letIn();
    agent.child.stdin?.write('still here');
    await vi.waitFor(() => expect(agent.log.map((line) => line.event)).toContain('joined'), PATIENCE);
    agent.child.stdin?.end();
    expect(await agent.ended).toMatchObject({ code: 0 });
    expect(agent.log).toContainEqual(
      expect.objectContaining({ event: 'stopping', reason: 'standard input ended' }),
    );
    expect(agent.log.at(-1)?.event).toBe('stopped');
  });

  it('does not report the results of another server after the folder was enrolled anew', async () => {
    const first = start();
    const visit = await api.visit();
    await visit.letIn();
    visit.say({ event: 'run', data: order() });
    await visit.hear('results');
    first.child.kill('SIGKILL');
    await first.ended;
    enrolled();
    const second = start();
    await (await api.visit()).letIn();
    await vi.waitFor(
      () => expect(second.log).toContainEqual(expect.objectContaining({ event: 'joined', waiting: 0 })),
      PATIENCE,
    );
    expect(second.log.map((line) => line.event)).toContain('outbox moved aside');
  });

  it('goes within its grace while a check hangs and the API is away', async () => {
    await api.stop();
    const agent = start();
    await vi.waitFor(() => expect(agent.log.map((line) => line.event)).toContain('disconnected'), PATIENCE);
    agent.child.kill('SIGINT');
    expect(await agent.ended).toMatchObject({ code: 0 });
    api = await ScriptedApi.listen();
  });
});
