import { describe, expect, it } from 'vitest';
import { SiteCreation } from '../../estate/sites/site.ts';
import { askedPlaces, isAimedAt } from './asked.ts';

const site = SiteCreation.parse({
  name: 'hq',
  inboundProtocol: 'imap',
  targets: { imap: { host: '127.0.0.1', port: 1993 } },
  extraTargets: [
    { name: 'routing', check: 'tcp.connect', host: '127.0.0.1', port: 38_001, roles: ['services'] },
  ],
});
const mailbox = {
  id: '0192f000-0000-7000-8000-000000000001',
  siteId: '0192f000-0000-7000-8000-000000000002',
  name: 'sales',
  address: 'sales@example.com',
  userName: 'ece@example.com',
  licence: null,
  imapEnabled: null,
  popEnabled: null,
  smtpAuthEnabled: null,
  roundTrip: false,
  createdAt: '2026-11-24T03:00:00.000Z',
};
const places = askedPlaces(
  site,
  [
    { id: 'svc01', roles: ['services'] },
    { id: 'app01', roles: ['application'] },
  ],
  [{ userName: mailbox.userName, mailboxes: [mailbox], imapToo: false }],
);

describe('what a site asks its servers for', () => {
  it.each([
    ['svc01 imap.tls imap', { host: '127.0.0.1', port: 1993 }],
    ['app01 imap.tls imap', { host: '127.0.0.1', port: 1993 }],
    ['svc01 tcp.connect routing', { host: '127.0.0.1', port: 38_001 }],
    ['svc01 imap.mailbox sales', { mailbox: mailbox.address }],
    ['svc01 token.refresh ece-at-example-com', { mailbox: mailbox.userName }],
    ['app01 smtp.login sales', { mailbox: mailbox.address }],
    // Asked while somebody signs in, and never in a round.
    ['app01 token.redeem ece-at-example-com', { mailbox: mailbox.userName }],
    ['app01 token.device-code ece-at-example-com', { mailbox: mailbox.userName }],
  ])('has %s', (place, target) => {
    expect(places.get(place)).toMatchObject(target);
  });

  it.each([
    'app01 tcp.connect routing',
    'app01 imap.mailbox sales',
    'svc02 imap.tls imap',
    'svc01 imap.mailbox old',
  ])('has no %s', (place) => {
    expect(places.has(place)).toBe(false);
  });

  it('tells a result of the former place of a target from one of the present', () => {
    const target = { name: 'imap', host: '127.0.0.1', port: 993, mailbox: 'a@example.com' };
    expect(isAimedAt(target, { ...target })).toBe(true);
    for (const change of [{ host: '127.0.0.2' }, { port: 1993 }, { mailbox: 'b@example.com' }])
      expect(isAimedAt(target, { ...target, ...change })).toBe(false);
  });
});
