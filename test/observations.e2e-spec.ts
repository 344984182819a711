import { readFileSync } from 'node:fs';
import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { CheckResult } from '@mailpath/protocol';
import { BatchGroups } from '../apps/api/src/history/results/batch-groups.service.ts';
import { startApi, type RunningApi } from './support/api.ts';
import { createSite, enrolServer, type Identity, resultOf, ScriptedAgent } from './support/scripted-agent.ts';

/** Of the demonstration's servers, faults and sign-ins: one for each check, outcome and set of sections. */
const RECORDED = CheckResult.array().parse(
  JSON.parse(readFileSync(new URL('support/recorded-results.json', import.meta.url), 'utf8')),
);

describe('an observation', () => {
  let api: RunningApi;
  let siteId: string;
  let identity: Identity;
  let agent: ScriptedAgent;

  beforeAll(async () => {
    api = await startApi();
    siteId = await createSite(api, { name: 'observations' });
    identity = await enrolServer(api, siteId, 'svc01', ['services']);
    agent = await ScriptedAgent.join(api.url, identity);
  });
  afterAll(async () => {
    await agent.leave();
    await api.close();
  });

  const storeAll = (results: readonly CheckResult[]) =>
    agent.deliver(results.map((result) => ({ sequence: agent.nextSequence(), runId: null, result })));
  const read = async (id: string) => {
    const { body } = await request(api.server)
      .get(`/v1/sites/${siteId}/results/${id}`)
      .set('authorization', `Bearer ${api.apiKey}`)
      .expect(200);
    return body.result as CheckResult;
  };
  const contents = async () => {
    const [row] = await api.database.query<{ n: number }>('select count(*)::int as n from evidence');
    return row?.n ?? 0;
  };

  it('is read as it was observed, by every check of the demonstration', async () => {
    await storeAll(RECORDED);
    for (const result of RECORDED) expect(await read(result.id)).toEqual(result);
  });

  it('adds nothing to the contents when the same is seen in another round, at other times', async () => {
    const before = await contents();
    const later = (text: string) =>
      text
        .replaceAll(/\d{2}:\d{2}:\d{2} (GMT|\+0000)/g, '03:14:15 $1')
        .replaceAll(
          /"(ms|medianMs|spreadMs|aheadMs)":[\d.-]+/g,
          (_, key: string) => `"${key}":${Math.random()}`,
        );
    const round = RECORDED.map((result) =>
      CheckResult.parse({ ...(JSON.parse(later(JSON.stringify(result))) as object), id: uuidv7() }),
    );
    await storeAll(round);
    expect(await contents()).toBe(before);
    for (const result of round) expect(await read(result.id)).toEqual(result);
  });

  it('waits for none of its contents, where these are stored of today', async () => {
    const again = () => RECORDED.map((result) => ({ ...result, id: uuidv7() }));
    await storeAll(again());
    const holder = api.app.get(DataSource).createQueryRunner();
    await holder.startTransaction();
    await holder.query('select 1 from evidence where site_id = $1 for update', [siteId]);
    const round = again();
    try {
      await storeAll(round);
    } finally {
      await holder.rollbackTransaction();
      await holder.release();
    }
    for (const result of round) expect(await read(result.id)).toEqual(result);
  });

  it('is stored whole after its first storing was rolled back', async () => {
    const { agentId, serverId } = identity;
    const words = 'seen for the first time '.repeat(20);
    const deliveries = RECORDED.map((result, i) => {
      const evidence = { ...result.evidence, fresh: { words: `${words}by ${result.check}` } };
      return {
        sequence: i + 1,
        runId: null,
        result: CheckResult.parse({ ...result, id: uuidv7(), evidence }),
      };
    });
    const batch = {
      reporter: { siteId, agentId, serverId },
      results: { boot: randomUUID(), deliveries },
      receivedAt: new Date(),
      isAsked: () => true,
    };
    const groups = api.app.get(BatchGroups);
    await api.database.query(`create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'refused'; end $$`);
    await api.database.query('create trigger refuse before update on agent_boots execute function refuse()');
    try {
      await expect(groups.commit([batch])).rejects.toThrow('refused');
    } finally {
      await api.database.query('drop function refuse cascade');
    }
    await groups.commit([batch]);
    for (const { result } of deliveries) expect(await read(result.id)).toEqual(result);
  });

  it('is read as it was observed, whatever an agent may send', async () => {
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom(
        '\uE000',
        'a\uE000b',
        '10.0.0.1',
        'Fri, 27 Nov 2026 22:43:57 GMT',
        '[QQBNADAAUABSADAAMQ==]',
      ),
    );
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
    const flat = fc.oneof(scalar, fc.array(scalar, { maxLength: 5 }));
    const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,9}$/);
    const facts = fc.dictionary(key, flat, { maxKeys: 5 });
    const section = fc.dictionary(key, fc.oneof(flat, facts, fc.array(facts, { maxLength: 3 })), {
      maxKeys: 5,
    });
    const evidence = fc.dictionary(
      key.map((name) => `x-${name}`),
      section,
      { maxKeys: 5 },
    );
    const moment = fc
      .tuple(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        fc.constantFrom('', '', '.5', '.1234567'),
      )
      .map(([date, fraction]) =>
        fraction === '' ? date.toISOString() : date.toISOString().replace(/\.\d+Z$/, `${fraction}Z`),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            evidence,
            startedAt: moment,
            durationMs: fc.double({ min: 0, max: 86_400_000, noNaN: true }),
            phases: fc.array(
              fc.record({
                name: fc.constantFrom('connect', 'tls'),
                ms: fc.double({ min: 0, max: 9e6, noNaN: true }),
              }),
            ),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        async (invented) => {
          const results = invented.map((changes) =>
            // As it comes over the wire and out of the schema.
            CheckResult.parse(JSON.parse(JSON.stringify(resultOf(changes as Partial<CheckResult>)))),
          );
          await storeAll(results);
          for (const result of results) expect(await read(result.id)).toEqual(result);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('that an earlier version stored is read as before', async () => {
    const imap = { greeting: '* OK', capability: Array.from({ length: 30 }, (_, i) => `CAPABILITY-${i}`) };
    const hash = createHash('sha256').update(JSON.stringify(imap)).digest();
    await api.database.query(
      'insert into evidence (site_id, hash, content, seen_on) values ($1, $2, $3, current_date)',
      [siteId, hash, JSON.stringify(imap)],
    );
    const id = randomUUID();
    await api.database.query(
      `insert into results (site_id, observed_at, agent_id, boot, sequence, id, server_id, check_id, target_name,
         target_host, target_port, outcome, duration_ms, phases, evidence, evidence_hashes, received_at)
       values ($1, $2, $3, $3, 1, $4, $3, 'imap.tls', 'imap', 'h', 993, 'pass', 81.5, $5, $6, $7, $2)`,
      [
        siteId,
        new Date(),
        identity.agentId,
        id,
        '[{"name":"connect","ms":12.5}]',
        '{"http":{"status":200}}',
        JSON.stringify({ imap: hash.toString('hex') }),
      ],
    );
    expect(await read(id)).toMatchObject({
      durationMs: 81.5,
      phases: [{ name: 'connect', ms: 12.5 }],
      evidence: { http: { status: 200 }, imap },
    });
  });
});
