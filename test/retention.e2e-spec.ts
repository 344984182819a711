import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Clock } from '../apps/api/src/platform/clock.ts';
import { Upkeep } from '../apps/api/src/app/upkeep/upkeep.service.ts';
import { startApi, type RunningApi } from './support/api.ts';
import {
  createSite,
  deliveriesFrom,
  enrolServer,
  type Identity,
  ScriptedAgent,
} from './support/scripted-agent.ts';

const DAY_MS = 86_400_000;
/** Kept for ten days, so that a week's partition goes and another stays. */
const DAYS = 10;

describe('what is old', () => {
  let api: RunningApi;
  let siteId: string;
  let identity: Identity;
  let days = 0;

  beforeAll(async () => {
    api = await startApi({ env: { MAILPATH_RETENTION_DAYS: String(DAYS) } });
    siteId = await createSite(api, { name: 'retention' });
    identity = await enrolServer(api, siteId, 'svc01', ['services']);
    await api.app.get(Upkeep).tend();
  });
  afterAll(() => api.close());
  beforeEach(() => {
    days += 1;
  });

  const tendAt = async (now: Date, at = api) => {
    at.app.get(Clock).now = () => now;
    await at.app.get(Upkeep).tend();
    at.app.get(Clock).now = () => new Date();
  };
  const today = () => new Date(Date.now() + days * DAY_MS);
  const daysBefore = (n: number) => new Date(today().getTime() - n * DAY_MS);
  const left = async (table: string, column: string) => {
    const rows = await api.database.query<{ it: string }>(
      `select ${column}::text as it from ${table} where site_id = $1 order by 1`,
      [siteId],
    );
    return rows.map(({ it: value }) => value);
  };
  const add = (table: string, row: Record<string, unknown>) =>
    api.database.query(
      `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row)
        .map((_, i) => `$${i + 1}`)
        .join(', ')})`,
      Object.values(row),
    );

  it('goes of codes and holds once they are over, and stays of those that still count', async () => {
    const code = async (usedAt: Date | null, expiresAt: Date) => {
      const id = randomUUID();
      await add('enrolment_codes', {
        site_id: siteId,
        id,
        server_id: identity.serverId,
        code_hash: randomBytes(32),
        created_at: daysBefore(3),
        expires_at: expiresAt,
        used_at: usedAt,
      });
      return id;
    };
    await code(daysBefore(2), daysBefore(-1));
    await code(null, daysBefore(2));
    const staying: string[] = [
      await code(null, daysBefore(-1)),
      await code(null, daysBefore(0.5)),
      await code(daysBefore(0.5), daysBefore(-1)),
    ];
    for (const [userName, until] of [
      ['old', daysBefore(2)],
      ['now', daysBefore(-1)],
    ] as const) {
      const hold = { site_id: siteId, until, reason: 'r' };
      await add('mailbox_holds', { ...hold, mailbox: userName });
      await add('credential_holds', { ...hold, user_name: userName, server_id: identity.serverId });
    }
    await tendAt(today());
    const codes = await left('enrolment_codes', 'id');
    expect(codes).toEqual(expect.arrayContaining(staying));
    expect(codes.filter((id) => !staying.includes(id)).length).toBeLessThanOrEqual(1);
    expect(await left('mailbox_holds', 'mailbox')).toEqual(['now']);
    expect(await left('credential_holds', 'user_name')).toEqual(['now']);
  });

  it('goes of sign-ins, runs and closed openings after the days that are set', async () => {
    const ids = { old: randomUUID(), kept: randomUUID() };
    for (const [age, id] of Object.entries(ids)) {
      const at = daysBefore(age === 'old' ? DAYS + 1 : DAYS - 1);
      await add('sign_ins', {
        site_id: siteId,
        id,
        user_name: 'u',
        server_id: identity.serverId,
        flow: 'browser',
        state: 'done',
        created_at: at,
        expires_at: at,
      });
      await add('runs', { site_id: siteId, id, kind: 'asked', requested_at: at, deadline_at: at });
      await add('run_servers', {
        site_id: siteId,
        run_id: id,
        server_id: identity.serverId,
        expected: 1,
        received: 1,
        withheld: '[]',
      });
    }
    const findingId = randomUUID();
    await add('findings', {
      site_id: siteId,
      id: findingId,
      key: 'k',
      rule: 'r',
      severity: 'high',
      confidence: 'certain',
      owner: 'o',
      checklist_item: 'C1',
      finding: '{}',
      seen: '[]',
      state: 'open',
      openings: 3,
      first_seen_at: daysBefore(50),
      last_seen_at: daysBefore(1),
      opened_at: daysBefore(30),
    });
    const opening = (from: number, to: number | null) =>
      add('finding_openings', {
        site_id: siteId,
        finding_id: findingId,
        opened_at: daysBefore(from),
        closed_at: to === null ? null : daysBefore(to),
      });
    await opening(50, DAYS + 1);
    await opening(40, DAYS - 1);
    // Open for longer than anything is kept: it is not over.
    await opening(30, null);
    await tendAt(today());
    expect(await left('sign_ins', 'id')).toEqual([ids.kept]);
    expect(await left('runs', 'id')).toEqual([ids.kept]);
    expect(await left('run_servers', 'run_id')).toEqual([ids.kept]);
    expect(await left('finding_openings', `(closed_at is null)`)).toEqual(['false', 'true']);
    expect(await left('findings', 'openings')).toEqual(['3']);
  });

  it('goes of results with their weeks, and of evidence that none of them points to, while results are stored', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    const noise = (word: string) => ({ noise: { lines: Array.from({ length: 40 }, () => word) } });
    const old = deliveriesFrom(1, 3, () => ({ evidence: noise('old') }));
    // One that goes on being seen, one that is not; both are in results of today, which is long ago then.
    await agent.deliver([
      ...old,
      ...deliveriesFrom(4, 1, () => ({ check: 'tcp.b', evidence: noise('always') })),
    ]);
    const later = new Date(Date.now() + 30 * DAY_MS);
    api.app.get(Clock).now = () => later;
    const fresh = deliveriesFrom(5, 2, () => ({ startedAt: later.toISOString(), evidence: noise('always') }));
    await agent.deliver(fresh);

    // A reader that has not ended holds up the clean-up at most, and the next hour goes on where it was.
    const reader = new Client({ connectionString: api.database.url });
    await reader.connect();
    await reader.query('begin');
    await reader.query('select count(*) from results');
    const tending = api.app.get(Upkeep).tend();
    await agent.deliver(deliveriesFrom(7, 1, () => ({ startedAt: later.toISOString() })));
    await reader.query('commit');
    await reader.end();
    await tending;
    await tendAt(later);
    await tendAt(later);

    expect(await left('results', 'sequence')).toEqual(['5', '6', '7']);
    expect(await left('latest', 'target_name')).toEqual(['imap']);
    const tables = await api.database.query<{ name: string }>(
      `select relname as name from pg_class where relname ~ '^results_[0-9]{8}$' and relkind = 'r' order by 1`,
    );
    // By then the oldest week is one that began while results of the last ten days were being stored.
    const [, year, month, day] = /(\d{4})(\d\d)(\d\d)$/.exec(tables[0]?.name ?? '') ?? [];
    expect(Date.UTC(Number(year), Number(month) - 1, Number(day) + 7)).toBeGreaterThan(
      later.getTime() - DAYS * DAY_MS,
    );
    const contents = await left('evidence', 'content');
    expect(contents.some((text) => text.includes('"old"'))).toBe(false);
    expect(contents.some((text) => text.includes('"always"'))).toBe(true);
    for (const { result } of fresh) {
      const { body } = await request(api.server)
        .get(`/v1/sites/${siteId}/results/${result.id}`)
        .set('authorization', `Bearer ${api.apiKey}`)
        .expect(200);
      expect(body.result).toEqual(result);
    }
    await agent.leave();
    days += 30;
  });

  it('goes of starts of agents, and what they had dropped counts on', async () => {
    const other = await enrolServer(api, siteId, 'svc02');
    const boot = (name: string, seen: Date, dropped: number) =>
      add('agent_boots', {
        site_id: siteId,
        agent_id: other.agentId,
        boot: name,
        acknowledged: 5,
        dropped,
        first_seen_at: seen,
        seen_at: seen,
      });
    const [one, two, newest] = [randomUUID(), randomUUID(), randomUUID()];
    await boot(one, daysBefore(40), 3);
    await boot(two, daysBefore(30), 4);
    await boot(newest, daysBefore(20), 1);
    await tendAt(today());
    const rows = await api.database.query(
      'select boot, dropped::int as dropped from agent_boots where agent_id = $1',
      [other.agentId],
    );
    // The newest stays however old it is.
    expect(rows).toEqual([{ boot: newest, dropped: 8 }]);
  });

  it('is deleted once a day, by one of the instances that come to it at the same moment', async () => {
    const second = await startApi({ database: api.database, env: { MAILPATH_RETENTION_DAYS: String(DAYS) } });
    await second.app.get(Upkeep).tend();
    const hold = (mailbox: string) =>
      add('mailbox_holds', { site_id: siteId, mailbox, until: daysBefore(5), reason: 'r' });
    await hold('first');
    await Promise.all([tendAt(today()), tendAt(today(), second)]);
    expect(await left('mailbox_holds', 'mailbox')).not.toContain('first');
    await hold('second');
    await tendAt(today());
    await tendAt(today(), second);
    expect(await left('mailbox_holds', 'mailbox')).toContain('second');
    days += 1;
    await tendAt(today(), second);
    expect(await left('mailbox_holds', 'mailbox')).not.toContain('second');
    await second.close();
  });
});
