import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import { addMailbox, answer, client, createMailSite, signIn } from './support/mail-site.ts';
import { enrolServer, type Identity, ScriptedAgent } from './support/scripted-agent.ts';
import { refresh } from './support/three-servers.ts';

const SALES = 'sales@example.com';
const GATE = 7;
/** Whoever gives an order stands still between its decision and its commit for as long as the gate is shut. */
const STOP_AT_THE_GATE = `
  create function stop_at_the_gate() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock_shared(${GATE}); return new; end $$;
  create trigger stop_at_the_gate before update on orders for each row
    when (new.state = 'lent' and old.state <> 'lent') execute function stop_at_the_gate()`;

/** Two instances over one database, as behind a load balancer. */
let a: RunningApi;
let b: RunningApi;
let gate: Client;
let siteId: string;
let identities: Record<'svc01' | 'svc02' | 'app01', Identity>;

beforeAll(async () => {
  a = await startApi();
  b = await startApi({ database: a.database });
  siteId = await createMailSite(a);
  identities = {
    svc01: await enrolServer(a, siteId, 'svc01', ['services']),
    svc02: await enrolServer(a, siteId, 'svc02', ['services']),
    app01: await enrolServer(a, siteId, 'app01', ['application']),
  };
  await addMailbox(a, siteId, SALES);
  const app01 = await ScriptedAgent.join(a.url, identities.app01);
  await signIn(a, siteId, SALES, app01, identities.app01.serverId);
  await app01.leave();
  await a.database.query(STOP_AT_THE_GATE);
  gate = new Client({ connectionString: a.database.url });
  await gate.connect();
});
afterAll(async () => {
  await gate.end();
  await b.close();
  await a.close();
});

const holders = async (): Promise<string[]> => {
  const rows = await a.database.query<{ agent_id: string }>(
    `select agent_id from orders where site_id = $1 and state = 'lent' and user_name = $2`,
    [siteId, SALES],
  );
  return rows.map(({ agent_id }) => agent_id);
};
/** How many sessions wait for a lock: at the gate, or for one who stands there. */
const standingStill = async (): Promise<number> => {
  const rows = await a.database.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length;
};

/** Kept by the lock on the site's row and by those on the orders' rows: it turns red where neither is taken. */
it('lends a mailbox to one agent when two instances decide about it at the same moment', async () => {
  const svc01 = await ScriptedAgent.join(a.url, identities.svc01);
  const svc02 = await ScriptedAgent.join(b.url, identities.svc02);
  const serverIds = [identities.svc01.serverId, identities.svc02.serverId];
  const checks = ['token.refresh', 'imap.mailbox'];
  await client(a).post(`/v1/sites/${siteId}/runs`).send({ checks, serverIds }).expect(202);
  const given = await svc01.next('run');

  await gate.query('select pg_advisory_lock($1)', [GATE]);
  // Its order waits again, so the one of svc02 is first: b decides to give that, and stands still.
  await svc01.leave();
  await expect.poll(standingStill).toBe(1);
  // Now the order of svc01 is first again. What b has decided cannot be seen: it has not committed.
  const joining = ScriptedAgent.join(a.url, identities.svc01);
  await expect.poll(standingStill).toBeGreaterThanOrEqual(2);
  await gate.query('select pg_advisory_unlock($1)', [GATE]);

  const back = await joining;
  const order = await svc02.next('run');
  await expect.poll(standingStill).toBe(0);
  expect(await holders()).toEqual([identities.svc02.agentId]);
  expect(back.unread('run')).toEqual([]);

  await refresh(svc02, order, 'svc02');
  const again = await back.next('run');
  expect(again.lease?.id).toBe(given.lease?.id);
  expect(await holders()).toEqual([identities.svc01.agentId]);
  await answer(back, again);
  await Promise.all([back.leave(), svc02.leave()]);
});
