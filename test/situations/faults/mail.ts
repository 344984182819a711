import { startSmtpServer } from '@mailpath/checks/testing';
import type { Directory, Mailbox, User } from '../../../apps/stand-in/src/directory.ts';
import type { Fault } from '../faults.ts';
import { HOSTS, type PlaceName, PLACES } from '../site.ts';

const SALES = 'sales@contoso.example';
const SUPPORT = 'support@contoso.example';

/** A row of Exchange Online's answers, or a fault of the way, at one service. */
const says = (id: string, place: PlaceName, name?: string): Fault => ({
  at: (ground, server) =>
    ground.add(server, PLACES[place].host, {
      id,
      service: PLACES[place].service,
      ...(name === undefined ? {} : { name }),
    }),
});

const inTenant = (change: (directory: Directory) => void): Fault => ({
  inTenant: ({ standIn }) => change(standIn.directory),
});
const user = (name: string, changes: Partial<User>): Fault =>
  inTenant((directory) => void Object.assign(directory.user(name) ?? {}, changes));
const mailbox = (address: string, changes: Partial<Mailbox>): Fault =>
  inTenant((directory) => void Object.assign(directory.mailbox(address) ?? {}, changes));

const pop3 = ({ inTenant: change }: Fault): Fault => ({
  setUp: ({ setUp }) => void (setUp.inbound = 'pop3'),
  ...(change ? { inTenant: change } : {}),
});

export const FAULTS = {
  'an inspector masks what SMTP offers': says('smtp-starttls-hidden', 'smtp'),
  'STARTTLS is taken out of what SMTP offers': {
    async at(ground, server) {
      await ground.replace(server, PLACES.smtp, async (at) => {
        const tls = await ground.authorities.ofMicrosoft.issue({ names: [HOSTS.smtp] });
        return startSmtpServer(
          { ...at, tls },
          { ehlo: ['smtp.office365.com Hello', 'SIZE 157286400', '8BITMIME'] },
        );
      });
    },
  },
  'IMAP does not offer XOAUTH2': says('imap-xoauth2-not-offered', 'imap'),
  'POP3 does not offer XOAUTH2': says('pop3-xoauth2-not-offered', 'pop3'),
  'IMAP greets with a web page': says('greeting-web-page', 'imap'),
  'POP3 greets with a web page': says('greeting-web-page', 'pop3'),
  "IMAP greets with POP3's greeting": says('greeting-other-protocol', 'imap'),
  "POP3 greets with IMAP's greeting": says('greeting-other-protocol', 'pop3'),
  'IMAP does not greet': says('greeting-none', 'imap'),
  'SMTP does not greet': says('silent', 'smtp'),
  'SMTP says that it is not active': says('smtp-service-not-active', 'smtp'),
  'IMAP is off for sales': user(SALES, { imapEnabled: false }),
  'POP3 is off for sales': pop3(user(SALES, { popEnabled: false })),
  'SMTP AUTH is off in the tenant': inTenant((directory) => {
    directory.tenant = { ...directory.tenant, smtpAuthDisabled: true };
  }),
  'SMTP AUTH is off for sales': user(SALES, { smtpAuthDisabled: true }),
  'the shared account may not open support': mailbox(SUPPORT, { fullAccess: [] }),
  'the shared account may not send as support': mailbox(SUPPORT, { sendAs: [] }),
  'the mailbox support is full': mailbox(SUPPORT, { full: true }),
  'the mailbox sales has no licence': mailbox(SALES, { licensed: false }),
  'IMAP throttles sales': says('imap-mailbox-throttled', 'imap', SALES),
  'SMTP throttles sales': says('smtp-access-denied-try-later-451', 'smtp', SALES),
  'IMAP says Server Unavailable': says('imap-server-unavailable', 'imap'),
  'SMTP has a temporary server error': says('smtp-temporary-server-error', 'smtp'),
  'SMTP cannot check sign-ins': says('smtp-temporary-authentication-failure', 'smtp'),
  'IMAP refuses the token of sales': says('imap-token-refused', 'imap', SALES),
  'SMTP refuses the token of sales': says('smtp-token-refused', 'smtp', SALES),
  'the tenant is blocked from sending': says('smtp-tenant-threshold-exceeded', 'smtp'),
  'a policy refuses sales at SMTP': says('smtp-policy-criteria-not-met', 'smtp', SALES),
} satisfies Record<string, Fault>;
