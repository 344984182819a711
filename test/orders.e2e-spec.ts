import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLOSE, type RunOrder } from '@mailpath/protocol';
import { Lender } from '../apps/api/src/work/leases/lender.service.ts';
import { LeasesService } from '../apps/api/src/work/leases/leases.service.ts';
import type { NewOrder } from '../apps/api/src/work/orders/order-handler.ts';
import { OrderRecords } from '../apps/api/src/work/orders/order-records.service.ts';
import { OrderQueue } from '../apps/api/src/work/orders/order-queue.service.ts';
import { type RunningApi, startApi } from './support/api.ts';
import {
  addMailbox,
  answer,
  client,
  comeBack,
  dump,
  signIn,
  startSignIn,
  tokensFor,
} from './support/mail-site.ts';
import { deliveriesFrom, resultOf, ScriptedAgent } from './support/scripted-agent.ts';
import { part, refresh, startThreeServers, type ThreeServers } from './support/three-servers.ts';

const SALES = 'sales@example.com';

/** Two instances over one database; the agents of the site are connected to the first. */
let api: RunningApi;
let other: RunningApi;
let site: ThreeServers;
beforeAll(async () => {
  api = await startApi();
  other = await startApi({ database: api.database });
});
afterAll(async () => {
  await other.close();
  await api.close();
});
beforeEach(async () => {
  site = await startThreeServers(api);
});
afterEach(() => site.end());

const waiting = () =>
  api.database.query<{ server_id: string; purpose: string }>(
    `select server_id, purpose from orders where site_id = $1 and state = 'waiting'`,
    [site.siteId],
  );

describe('an order', () => {
  it('waits once for a server and a user, however often it is asked for and at however many instances', async () => {
    await site.ready(SALES);
    const run = await site.run();
    await site.svc01.next('run');
    const { serverId, agentId } = site.identities.svc01;
    const wanted = (purpose: string, changes: Partial<NewOrder> = {}): NewOrder => ({
      siteId: site.siteId,
      kind: 'mailbox',
      purpose,
      runId: run.id,
      serverId,
      agentId,
      userName: SALES,
      uses: { [SALES]: { logins: 1, mails: 0 } },
      tasks: [],
      checkDeadlineMs: 1_000,
      roundDeadlineMs: 1_000,
      lastsMs: 1_000,
      giveUpAt: Date.now() + 600_000,
      waitsForPerson: false,
      repeatable: true,
      detail: { grant: 'refresh-token' },
      ...changes,
    });
    const before = (await waiting()).length;
    const queues = [api, other].map(({ app }) => app.get(OrderQueue));
    const adding = Array.from({ length: 50 }, () => queues)
      .flat()
      .map((queue) => queue.add(site.siteId, [wanted('asked'), wanted('mailboxes')]));
    const joined = (await Promise.all(adding)).flat();
    expect(joined).toHaveLength(2 * 100 - 2);
    expect((await waiting()).length - before).toBe(2);
    const others = [{ userName: 'support@example.com' }, { serverId: site.identities.svc02.serverId }];
    const more = others.map((changes) => wanted('mailboxes', changes));
    expect(await other.app.get(OrderQueue).add(site.siteId, more)).toEqual([]);
  });

  it('is given again to its server when the agent is back in time, and to nobody while another has the mailbox', async () => {
    await site.ready(SALES);
    const run = await site.run();
    const lost = await site.svc01.next('run');
    const given = (await api.app.get(OrderRecords).open(site.siteId)).find(({ id }) => id === lost.lease?.id);
    await site.svc01.leave();
    const second = await site.svc02.next('run');
    const back = await ScriptedAgent.join(other.url, site.identities.svc01);
    expect(back.unread('run')).toEqual([]);
    await refresh(site.svc02, second, 'svc02');
    const again = await back.next('run');
    // An instance so slow that it would send it only now, to the connection that has ended, ends nothing of it.
    expect(given && (await api.app.get(Lender).send(given))).toBe(false);
    expect([again.runId, again.tasks, again.lease?.id]).toEqual([run.id, lost.tasks, lost.lease?.id]);
    await refresh(back, again);
    await answer(site.app01, await site.app01.next('run'));
    const done = await site.get(run.id);
    expect([done.state, done.servers.map(({ withheld }) => withheld)]).toEqual(['done', [[], [], []]]);
    await back.leave();
  });

  it('counts what was answered before its agent left, and is over with the rest', async () => {
    await site.ready(SALES);
    const run = await site.run();
    const order = await site.svc01.next('run');
    const [first] = order.tasks;
    await answer(site.svc01, { ...order, tasks: first ? [first] : [] });
    await site.svc01.leave();
    const back = await ScriptedAgent.join(api.url, site.identities.svc01);
    const second = await site.svc02.next('run');
    await refresh(site.svc02, second);
    const again = await back.next('run');
    await refresh(back, again);
    expect(part(await site.get(run.id), 'svc01')).toMatchObject({ state: 'done', expected: 3, received: 3 });
    await back.leave();
  });

  it('is given up when its agent does not come back, with the reason, and keeps nobody waiting', async () => {
    await site.ready(SALES);
    const run = await site.run();
    const held = await site.svc01.next('run');
    await site.svc02.leave();
    await refresh(site.svc01, held);
    // svc02 would have been next.
    await answer(site.app01, await site.app01.next('run'));
    expect(part(await site.get(run.id), 'svc02')).toMatchObject({ state: 'waiting', received: 0 });
    site.moveClock(() => new Date(Date.parse(run.deadlineAt) + 1));
    await api.app.get(LeasesService).settle();
    expect(part(await site.get(run.id), 'svc02')).toMatchObject({
      expected: 0,
      withheld: [{ userName: SALES, reason: expect.stringMatching(/was not connected when its turn came/) }],
    });
  });

  it('has nothing in plain in the database, neither what is lent nor what is handed in', async () => {
    await addMailbox(api, site.siteId, SALES);
    const { serverId } = site.identities.app01;
    const started = await startSignIn(api, site.siteId, SALES, serverId);
    const query = { state: started.parameters.get('state') ?? '', code: 'the-code-of-sales' };
    await comeBack(other, query, started.cookie).expect(200);
    const order = await site.app01.next('run');
    const verifier = order.lease?.grant.kind === 'authorization-code' && order.lease.grant.codeVerifier;
    site.app01.send('tokens', tokensFor(order, SALES));
    // What comes after it on the same connection is answered after it.
    await site.app01.deliver([{ sequence: site.app01.nextSequence(), runId: null, result: resultOf() }]);
    const row = 'select sealed_grant, sealed_tokens from orders where id = $1';
    const [lent] = await api.database.query<object>(row, [order.lease?.id]);
    expect(lent).toEqual({ sealed_grant: expect.any(Buffer), sealed_tokens: expect.any(Buffer) });
    const text = await dump(api);
    const secrets = ['the-code-of-sales', verifier || '', `-token-of-${SALES}`];
    expect(secrets.filter((secret) => secret === '' || text.includes(secret))).toEqual([]);
    await answer(site.app01, order);
    const [over] = await api.database.query<object>(row, [order.lease?.id]);
    expect(over).toEqual({ sealed_grant: null, sealed_tokens: null });
  });
});

describe('two instances', () => {
  it('never give two leases for one user, however agents and requests are spread', async () => {
    const users = [SALES, 'support@example.com', 'info@example.com'];
    await site.ready(...users);
    await site.svc02.leave();
    const svc02 = await ScriptedAgent.join(other.url, site.identities.svc02);
    const holders = new Map<string, string>();
    const faults: string[] = [];
    const serve = async (name: string, agent: ScriptedAgent, orders: number): Promise<void> => {
      for (let served = 0; served < orders; served += 1) {
        const order: RunOrder = await agent.next('run');
        const user = order.lease?.userName ?? '';
        const holder = holders.get(user);
        if (holder) faults.push(`${name} was lent ${user}, which ${holder} has`);
        holders.set(user, name);
        await Promise.resolve();
        holders.delete(user);
        if (name === 'app01') await answer(agent, order);
        else await refresh(agent, order, name);
      }
    };
    const servers = [site.identities.svc01, site.identities.svc02, site.identities.app01];
    const runs = [
      { checks: ['token.refresh', 'imap.mailbox'] },
      { checks: ['token.refresh', 'smtp.login'], serverIds: servers.map(({ serverId }) => serverId) },
    ];
    const [one, two] = await Promise.all(
      [api, other].map(async (at, i) => {
        const { body } = await client(at).post(`/v1/sites/${site.siteId}/runs`).send(runs[i]).expect(202);
        return body as { id: string };
      }),
    );
    const asked = await api.database.query<{ agent_id: string; count: number }>(
      'select agent_id, count(*)::int as count from orders where run_id = any($1::uuid[]) group by agent_id',
      [[one?.id, two?.id]],
    );
    const ordersOf = (agentId: string) => asked.find(({ agent_id }) => agent_id === agentId)?.count ?? 0;
    await Promise.all([
      serve('svc01', site.svc01, ordersOf(site.identities.svc01.agentId)),
      serve('svc02', svc02, ordersOf(site.identities.svc02.agentId)),
      serve('app01', site.app01, ordersOf(site.identities.app01.agentId)),
    ]);
    expect(faults).toEqual([]);
    expect(asked.length).toBe(3);
    await svc02.leave();
  });

  it('store nothing of an agent that was revoked elsewhere, even before they hear of it', async () => {
    const { agentId } = site.identities.svc01;
    await api.database.query('update agents set revoked_at = now() where id = $1', [agentId]);
    site.svc01.send('results', { boot: site.svc01.boot, deliveries: deliveriesFrom(1, 1) });
    const answered = await Promise.race([site.svc01.closed(), site.svc01.next('acknowledged')]);
    expect(answered).toMatchObject({ code: CLOSE.revoked });
    const rows = await api.database.query<object>('select from results where agent_id = $1', [agentId]);
    expect(rows).toEqual([]);
  });

  it('look again when notices were lost: what has changed meanwhile reaches the agents', async () => {
    await site.svc01.next('assignment');
    await api.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'mailpath-notices'`,
    );
    await client(other).patch(`/v1/sites/${site.siteId}`).send({ everySeconds: 78 }).expect(200);
    // It may have been told before the connection was found to be lost: the last one counts.
    let told = await site.svc01.next('assignment');
    while (told.everySeconds !== 78) told = await site.svc01.next('assignment');
    expect(told.everySeconds).toBe(78);
  });

  it('sign in to mailboxes whose agents are all connected to the other one', async () => {
    await addMailbox(api, site.siteId, SALES);
    await signIn(other, site.siteId, SALES, site.app01, site.identities.app01.serverId);
    const { body } = await client(other)
      .post(`/v1/sites/${site.siteId}/runs`)
      .send({ checks: ['token.refresh', 'imap.mailbox'] })
      .expect(202);
    await refresh(site.svc01, await site.svc01.next('run'));
    await refresh(site.svc02, await site.svc02.next('run'));
    expect((await site.get(body.id as string)).state).toBe('done');
  });
});
