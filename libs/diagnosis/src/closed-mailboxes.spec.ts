import { describe, expect, it } from 'vitest';
import type { Finding } from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import type { ServerResults } from './look.ts';
import { failing } from './testing/faults.ts';
import { app, but, svc } from './testing/fixtures.ts';
import { signedIn, SITE } from './testing/healthy.ts';
import { also } from './testing/sign-in-steps.ts';

const diagnose = (...servers: ServerResults[]): Finding[] => diagnoseSite({ site: SITE, servers });
const refusedBySmtp = (server: ServerResults, reply: string): ServerResults =>
  but(server, 'smtp.login', (result) =>
    failing(result, 'authenticate', 'denied', { login: { user: 'x', credential: 'y', reply } }),
  );
const closed = (server: ServerResults, reply: string): ServerResults =>
  but(server, 'imap.mailbox', (result) => failing(result, 'open-mailbox', 'denied', { mailbox: { reply } }));
const NOT_CONNECTED = '5 BAD User is authenticated but not connected.';
const NO_REASON = '535 5.7.3 Authentication unsuccessful [AM0PR01 2026-11-28T02:13:01.124Z 1F7B]';

describe('a mailbox that does not open for a sign-in that is accepted', () => {
  it.each([NO_REASON, '535 Nein', '535 5.7.8 Error: authentication failed'])(
    'is why SMTP refuses it without a reason, on whichever server: %s',
    (reply) => {
      const findings = diagnose(
        refusedBySmtp(closed(svc(), NOT_CONNECTED), reply),
        refusedBySmtp(also(app(), signedIn('smtp.login')), reply),
      );
      expect(findings).toMatchObject([{ rule: 'mailbox.refused', scope: { servers: ['svc01'] } }]);
      expect(findings[0]?.consequences.map(({ server, check }) => `${server} ${check}`).toSorted()).toEqual([
        'app01 smtp.login',
        'svc01 smtp.login',
      ]);
    },
  );

  it.each(['535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.'])(
    'is not why SMTP refuses it with a reason of its own: %s',
    (reply) => {
      expect(diagnose(refusedBySmtp(closed(svc(), NOT_CONNECTED), reply))).toHaveLength(2);
    },
  );

  it('is not why SMTP refuses another mailbox', () => {
    const other = failing(signedIn('smtp.login', {}, 'orders@example.com'), 'authenticate', 'denied', {
      login: { user: 'x', credential: 'y', reply: NO_REASON },
    });
    expect(diagnose(also(closed(svc(), NOT_CONNECTED), other))).toHaveLength(2);
  });
});
