import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AGENT_SOCKET_PATH } from '@mailpath/protocol';
import { readAgentKey } from '../apps/agent/src/agent-file.ts';
import { agentKeyToPem } from '../apps/agent/src/agent-key.ts';
import { KeyRing } from '../apps/agent/src/key-ring.ts';
import { Outbox } from '../apps/agent/src/outbox.ts';
import { Uplink } from '../apps/agent/src/uplink.ts';
import { UPLINK_TIMINGS } from '../apps/agent/src/uplink-options.ts';
import { keptLog } from '../apps/agent/src/testing/log-lines.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { goOver, offerKey } from './support/key-rotation.ts';
import { client } from './support/mail-site.ts';
import {
  createSite,
  deliveriesFrom,
  enrolServer,
  FACTS,
  type Identity,
  resultOf,
  ScriptedAgent,
} from './support/scripted-agent.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

let identity: Identity;
beforeEach(async () => {
  const siteId = await createSite(api, { name: randomUUID() });
  identity = await enrolServer(api, siteId, 'svc01', ['services']);
});

const path = (rest = '') => `/v1/sites/${identity.siteId}/servers/${identity.serverId}${rest}`;
const agentOf = async () => (await client(api).get(path()).expect(200)).body.agent;
describe('an agent that is asked for a new key', () => {
  it('joins with it, waits for approval anew, and its old key is refused from then on', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    await client(api).post(path('/key-rotation')).expect(202);
    await agent.next('rotate-key');
    const anew = await goOver(api.url, agent, identity);
    await expect(ScriptedAgent.join(api.url, identity)).rejects.toThrow('closed with 4401');
    expect((await agentOf()).approval).toBe('waiting');
    const again = await ScriptedAgent.join(api.url, anew);
    expect((await again.deliver(deliveriesFrom(1, 1))).sequence).toBe(1);
    expect(again.unread('rotate-key')).toEqual([]);
    await again.leave();
  });

  it.each([
    ['nobody asked for', true],
    ['is signed by another key', false],
  ])('gets nowhere with one that %s', async (_, isItsOwn) => {
    const agent = await ScriptedAgent.join(api.url, identity);
    if (!isItsOwn) await client(api).post(path('/key-rotation')).expect(202);
    const other = generateKeyPairSync('ed25519').privateKey;
    const { privateKey } = offerKey(agent, identity, isItsOwn ? identity.privateKey : other);
    await agent.deliver(deliveriesFrom(1, 1));
    expect(agent.unread('key-noted')).toEqual([]);
    await expect(ScriptedAgent.join(api.url, { ...identity, privateKey })).rejects.toThrow(
      'closed with 4401',
    );
    await agent.leave();
  });

  // What a crash or a loss of power can leave on the disk of the server, and what the API has by then.
  it.each([
    ['before it made one', { disk: ['old'], noted: null, present: 'old' }],
    ['with the new one on disk alone', { disk: ['old', 'new'], noted: null, present: 'old' }],
    ['with the new one noted', { disk: ['old', 'new'], noted: 'new', present: 'old' }],
    ['with the new one noted and lost on disk', { disk: ['old'], noted: 'new', present: 'old' }],
    ['after the first join with it', { disk: ['old', 'new'], noted: null, present: 'new' }],
    ['with the new one in its place', { disk: ['new'], noted: null, present: 'new' }],
    ['with a new one of which half was written', { disk: ['old', 'torn'], noted: null, present: 'old' }],
  ] as const)('has one key that works after a cut %s', async (_, { disk, noted, present }) => {
    const keys: Record<string, KeyObject> = {
      old: identity.privateKey,
      new: generateKeyPairSync('ed25519').privateKey,
    };
    const raw = (name: string | null) =>
      name &&
      Buffer.from(createPublicKey(keys[name] as KeyObject).export({ format: 'jwk' }).x ?? '', 'base64url');
    await api.database.query(
      `update agents set public_key = $2, next_key = $3, rotation_asked_at = $4 where id = $1`,
      [identity.agentId, raw(present), raw(noted), present === 'old' ? new Date() : null],
    );
    const stateDir = mkdtempSync(join(tmpdir(), 'mailpath-keys-'));
    const [first, second] = disk;
    const pem = (name: string) =>
      name === 'torn' ? '-----BEGIN PRI' : agentKeyToPem(keys[name] as KeyObject);
    writeFileSync(join(stateDir, 'agent-key.pem'), pem(first));
    if (second) writeFileSync(join(stateDir, 'agent-key.next.pem'), pem(second));

    const { log, events } = keptLog();
    const boot = randomUUID();
    const outbox = new Outbox({ stateDir, boot, log });
    const uplink = new Uplink({
      url: new URL(AGENT_SOCKET_PATH, api.url.replace(/^http/, 'ws')),
      agentId: identity.agentId,
      keys: new KeyRing(stateDir, readAgentKey(stateDir), log),
      facts: FACTS,
      boot,
      log,
      outbox,
      onAssignment: () => undefined,
      onOrder: () => undefined,
      timings: { ...UPLINK_TIMINGS, retryUnitMs: 1 },
    });
    outbox.add(resultOf(), null);
    uplink.start();
    const row = async () =>
      (
        await api.database.query<{ key: Buffer; next: Buffer | null; asked: Date | null }>(
          'select public_key as key, next_key as next, rotation_asked_at as asked from agents where id = $1',
          [identity.agentId],
        )
      )[0];
    await expect.poll(row).toMatchObject({ next: null, asked: null });
    await expect.poll(() => outbox.waiting().rows).toBe(0);
    await expect
      .poll(() => readdirSync(stateDir).filter((name) => name.endsWith('.pem')))
      .toEqual(['agent-key.pem']);
    expect(events()).not.toContain('turned away');
    await uplink.stop(1_000);
    outbox.close();
    const kept = createPublicKey(readFileSync(join(stateDir, 'agent-key.pem'), 'utf8')).export({
      format: 'jwk',
    }).x;
    expect((await row())?.key.toString('base64url')).toBe(kept);
    rmSync(stateDir, { recursive: true });
  });
});
