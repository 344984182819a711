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
  'an inspector masks what SMTP offers': says('D30', 'smtp'),
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
  'IMAP does not offer XOAUTH2': says('B12', 'imap'),
  'POP3 does not offer XOAUTH2': says('C8', 'pop3'),
  'IMAP greets with a web page': says('B13', 'imap'),
  'POP3 greets with a web page': says('B13', 'pop3'),
  "IMAP greets with POP3's greeting": says('B14', 'imap'),
  "POP3 greets with IMAP's greeting": says('B14', 'pop3'),
  'IMAP does not greet': says('B13.2', 'imap'),
  'SMTP does not greet': says('silent', 'smtp'),
  'SMTP says that it is not active': says('D25.2', 'smtp'),
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
  'IMAP throttles sales': says('B7', 'imap', SALES),
  'SMTP throttles sales': says('D24.2', 'smtp', SALES),
  'IMAP says Server Unavailable': says('B8', 'imap'),
  'SMTP has a temporary server error': says('D23', 'smtp'),
  'SMTP cannot check sign-ins': says('D33', 'smtp'),
  'IMAP refuses the token of sales': says('B1', 'imap', SALES),
  'SMTP refuses the token of sales': says('D1', 'smtp', SALES),
  'the tenant is blocked from sending': says('D21', 'smtp'),
  'a policy refuses sales at SMTP': says('D6', 'smtp', SALES),
} satisfies Record<string, Fault>;
