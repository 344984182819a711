import { describe, expect, it } from 'vitest';
import type { CredentialFacts } from '../../trust/credentials/credential.ts';
import type { Mailbox } from '../../estate/mailboxes/mailbox.ts';
import { WHY_NOT_LENT } from '../../estate/servers/lendee.ts';
import { deadlinesOf, plan, type PlanInput, usesOf } from './plan.ts';
import { queueMs } from './mailbox-order.ts';

const UUID = '0192f000-0000-7000-8000-000000000001';
const LATER = new Date('2026-11-24T03:10:00Z');
const mailbox = (address: string, changes: Partial<Mailbox> = {}): Mailbox => ({
  id: UUID,
  siteId: UUID,
  name: address.split('@')[0] ?? '',
  address,
  userName: address,
  licence: null,
  imapEnabled: null,
  popEnabled: null,
  smtpAuthEnabled: null,
  roundTrip: false,
  createdAt: '2026-11-24T03:00:00Z',
  ...changes,
});
const credential = (userName: string, changes: Partial<CredentialFacts> = {}): CredentialFacts => ({
  userName,
  hasRefreshToken: true,
  accessTokenExpiresAt: '2026-11-24T04:00:00Z',
  claims: null,
  obtainedAt: '2026-11-24T03:00:00Z',
  obtainedBy: UUID,
  refreshedAt: null,
  refreshedBy: null,
  ...changes,
});
const SALES = 'sales@example.com';
const SUPPORT = 'support@example.com';
const SHARED = 'shared@example.com';

const given: PlanInput = {
  site: { cloud: 'worldwide', targets: {}, inboundProtocol: 'imap', grant: 'delegated' },
  servers: [
    { id: 'app01', agentId: 'a1', roles: ['application'], notLent: null },
    { id: 'svc01', agentId: 's1', roles: ['services'], notLent: null },
  ],
  mailboxes: [mailbox(SALES)],
  credentials: [credential(SALES)],
  holds: { credentials: [], mailboxes: [] },
};
const planning = (changes: Partial<PlanInput>, site: Partial<PlanInput['site']> = {}) => {
  const { orders, withheld } = plan({ ...given, ...changes, site: { ...given.site, ...site } });
  return {
    orders: orders.map(({ serverId, userName, grant, tasks }) => ({
      serverId,
      userName,
      grant,
      tasks: tasks.map(({ check, target }) => `${check} ${target.name} ${target.mailbox ?? ''}`),
    })),
    withheld: Object.fromEntries([...withheld].filter(([, list]) => list.length > 0)),
  };
};

describe('what is asked of whom', () => {
  it('is the refresh and every protocol of a services server first, then sending of an application server', () => {
    expect(planning({}).orders).toEqual([
      {
        serverId: 'svc01',
        userName: SALES,
        grant: 'refresh-token',
        tasks: [
          `token.refresh sales-at-example-com ${SALES}`,
          `imap.mailbox sales ${SALES}`,
          `smtp.login sales ${SALES}`,
        ],
      },
      { serverId: 'app01', userName: SALES, grant: 'access-token', tasks: [`smtp.login sales ${SALES}`] },
    ]);
  });

  it('is one order, with one refresh, for all mailboxes of a shared account', () => {
    const mailboxes = [mailbox(SALES, { userName: SHARED }), mailbox(SUPPORT, { userName: SHARED })];
    const [first, second] = planning({ mailboxes, credentials: [credential(SHARED)] }).orders;
    expect(first?.tasks).toEqual([
      `token.refresh shared-at-example-com ${SHARED}`,
      `imap.mailbox sales ${SALES}`,
      `smtp.login sales ${SALES}`,
      `imap.mailbox support ${SUPPORT}`,
      `smtp.login support ${SUPPORT}`,
    ]);
    expect(second?.tasks).toEqual([`smtp.login sales ${SALES}`, `smtp.login support ${SUPPORT}`]);
  });

  it.each([
    ['imap', null, ['imap.mailbox']],
    ['undecided', null, ['imap.mailbox', 'pop3.mailbox']],
    ['pop3', 'https://outlook.office.com/.default', ['pop3.mailbox']],
    ['pop3', 'SMTP.Send IMAP.AccessAsUser.All', ['imap.mailbox', 'pop3.mailbox']],
  ] as const)(
    'opens the mailbox of a site with %s and a token for %s by %j',
    (inboundProtocol, scp, checks) => {
      const claims = { scp } as CredentialFacts['claims'];
      const [order] = planning({ credentials: [credential(SALES, { claims })] }, { inboundProtocol }).orders;
      const opening = order?.tasks
        .map((task) => task.split(' ')[0])
        .filter((check) => check?.endsWith('.mailbox'));
      expect(opening).toEqual(checks);
    },
  );

  it("is the application's own token for app-only, obtained by services servers alone, mailbox by mailbox", () => {
    const mailboxes = [mailbox(SALES, { userName: SHARED }), mailbox(SUPPORT, { userName: SHARED })];
    const { orders, withheld } = planning({ mailboxes, credentials: [] }, { grant: 'app-only' });
    expect(withheld).toEqual({});
    expect(
      orders.map(({ serverId, userName, grant, tasks }) => [serverId, userName, grant, tasks[0]]),
    ).toEqual([
      ['svc01', SALES, 'client-credentials', `token.app-only sales-at-example-com ${SALES}`],
      ['app01', SALES, 'access-token', `smtp.login sales ${SALES}`],
      ['svc01', SUPPORT, 'client-credentials', `token.app-only support-at-example-com ${SUPPORT}`],
      ['app01', SUPPORT, 'access-token', `smtp.login support ${SUPPORT}`],
    ]);
  });

  it.each(['unapproved', 'old-protocol'] as const)(
    'is nothing of a server that is lent nothing: %s',
    (notLent) => {
      const servers = given.servers.map((server) => ({ ...server, notLent }));
      for (const grant of ['delegated', 'app-only'] as const) {
        const { orders, withheld } = planning({ servers }, { grant });
        const barred = [{ userName: SALES, reason: WHY_NOT_LENT[notLent], until: null }];
        expect([orders, withheld]).toEqual([[], { svc01: barred, app01: barred }]);
      }
    },
  );

  it('says where a round trip is looked for, and asks it of services servers alone', () => {
    const input = { ...given, mailboxes: [mailbox(SALES, { roundTrip: true })] };
    const trips = plan(input).orders.flatMap(({ serverId, tasks }) =>
      tasks.filter(({ check }) => check === 'mail.round-trip').map(({ reading }) => ({ serverId, reading })),
    );
    expect(trips).toEqual([
      { serverId: 'svc01', reading: { protocol: 'imap', host: 'outlook.office365.com', port: 993 } },
    ]);
  });

  it('may be narrowed to checks, with the token that they need', () => {
    const orders = planning({ checks: ['imap.mailbox'] }).orders;
    expect(orders.map(({ serverId, tasks }) => [serverId, tasks.length])).toEqual([['svc01', 2]]);
    expect(planning({ checks: ['imap.tls'] }).orders).toEqual([]);
  });
});

describe('what is withheld', () => {
  it('is everything of a user who has not signed in, with the remedy', () => {
    const { orders, withheld } = planning({ credentials: [] });
    expect(orders).toEqual([]);
    expect(withheld).toMatchObject({
      svc01: [{ userName: SALES, until: null }],
      app01: [{ userName: SALES }],
    });
    expect(withheld['svc01']?.[0]?.reason).toMatch(/start a sign-in/);
    const without = planning({ credentials: [credential(SALES, { hasRefreshToken: false })] });
    expect(without.withheld['svc01']?.[0]?.reason).toMatch(/offline_access/);
  });

  it('is a refused credential from the server that was refused, and from no other', () => {
    const credentials = [
      { userName: SALES, serverId: 'svc01', until: LATER, reason: 'token.refresh: refused' },
    ];
    const { orders, withheld } = planning({ holds: { credentials, mailboxes: [] } });
    expect(orders.map(({ serverId }) => serverId)).toEqual(['app01']);
    expect(withheld).toEqual({
      svc01: [
        {
          userName: SALES,
          reason: expect.stringContaining('token.refresh: refused'),
          until: LATER.toISOString(),
        },
      ],
    });
  });

  it('is a mailbox that is to be left alone, everywhere, and none of its neighbours', () => {
    const mailboxes = [mailbox(SALES, { userName: SHARED }), mailbox(SUPPORT, { userName: SHARED })];
    const held = (...names: string[]) =>
      planning({
        mailboxes,
        credentials: [credential(SHARED)],
        holds: {
          credentials: [],
          mailboxes: names.map((name) => ({ mailbox: name, until: LATER, reason: 'throttled' })),
        },
      });
    expect(held(SALES).orders.map(({ tasks }) => tasks.length)).toEqual([3, 1]);
    expect(Object.keys(held(SALES).withheld)).toEqual(['svc01', 'app01']);
    expect(held(SALES, SUPPORT).orders).toEqual([]);
    expect(held(SHARED).orders).toEqual([]);
  });
});

describe('what an order takes', () => {
  it('of each mailbox is a login for each check, two and a mail for a round trip, and none for a token', () => {
    const [order] = plan({ ...given, mailboxes: [mailbox(SALES, { roundTrip: true })] }).orders;
    expect(usesOf(order?.tasks ?? [])).toEqual(new Map([[SALES, { logins: 4, mails: 1 }]]));
  });

  it('of time is bounded, and a queue takes as long as the longest of its users or agents', () => {
    const { orders } = plan(given);
    expect(deadlinesOf(orders[0]?.tasks ?? [])).toEqual({ checkDeadlineMs: 20_000, roundDeadlineMs: 60_000 });
    expect(queueMs(orders)).toBe(60_000 + 20_000 + 2 * 5_000);
    expect(queueMs([])).toBe(0);
  });
});
