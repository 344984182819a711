import {
  CHECKS,
  type CheckWith,
  CLOUD_TARGETS,
  type Cloud,
  type Endpoint,
  type InboundProtocol,
  MAIL_SCOPES,
  type Role,
  type StandardTarget,
  type Task,
} from '@mailpath/protocol';
import type { CredentialFacts } from '../../trust/credentials/credential.ts';
import type { Mailbox } from '../../estate/mailboxes/mailbox.ts';
import { userSlug } from '../../estate/mailboxes/slug.ts';
import type { SiteGrant } from '../../estate/sites/site.ts';

/** What of a site decides what its mailboxes are asked. */
export interface MailSite {
  cloud: Cloud;
  targets: Partial<Record<StandardTarget, Endpoint>>;
  inboundProtocol: InboundProtocol;
  grant: SiteGrant;
}

/** The mailboxes that one token opens. */
export interface UserMailboxes {
  /** Who signs in; for the application's own token, the mailbox. */
  userName: string;
  mailboxes: Mailbox[];
  /** Whether the token is known to be good for IMAP at a site that uses POP3. */
  imapToo: boolean;
}

const place = (site: Pick<MailSite, 'cloud' | 'targets'>, name: StandardTarget): Endpoint =>
  site.targets[name] ?? CLOUD_TARGETS[site.cloud][name];

/** The task that obtains a token, aimed at the site's sign-in host. */
export const tokenTask = (
  site: Pick<MailSite, 'cloud' | 'targets'>,
  check: CheckWith<{ kind: 'token' }>,
  userName: string,
): Task => ({
  check,
  target: { name: userSlug(userName), ...endpoint(place(site, 'login')), mailbox: userName },
});

/** Mailboxes by who signs in to them, in the order in which they were added. */
export function byUser(
  { grant }: Pick<MailSite, 'grant'>,
  mailboxes: readonly Mailbox[],
  credentials: readonly CredentialFacts[],
): UserMailboxes[] {
  const users = Map.groupBy(mailboxes, ({ address, userName }) =>
    grant === 'app-only' ? address : userName,
  );
  return [...users].map(([userName, own]) => {
    const scp = credentials.find((one) => one.userName === userName)?.claims?.scp ?? '';
    return { userName, mailboxes: own, imapToo: scp.split(' ').includes(MAIL_SCOPES.imap) };
  });
}

/**
 * What a server with these roles is asked for one user: the services server refreshes, fetches and sends (S48, S49); an
 * application server sends alarms (S50) with a token that a services server has obtained, the user's or the
 * application's own.
 */
export function tasksOfUser(site: MailSite, roles: readonly Role[], user: UserMailboxes): Task[] {
  const services = roles.includes('services');
  const obtains = site.grant === 'app-only' ? 'token.app-only' : 'token.refresh';
  const own = services ? obtains : null;
  const token = own === null ? [] : [tokenTask(site, own, user.userName)];
  return [...token, ...user.mailboxes.flatMap((mailbox) => tasksOfMailbox(site, services, user, mailbox))];
}

function tasksOfMailbox(site: MailSite, services: boolean, user: UserMailboxes, mailbox: Mailbox): Task[] {
  const aimed = (check: CheckWith<{ kind: 'login' }>): Task => ({
    check,
    target: { name: mailbox.name, ...endpoint(place(site, CHECKS[check].service)), mailbox: mailbox.address },
  });
  const sending = aimed('smtp.login');
  if (!services) return [sending];
  const protocol = site.inboundProtocol === 'pop3' ? 'pop3' : 'imap';
  return [
    // Beside POP3 too, where the token allows it: it tells a closed protocol from a closed mailbox.
    ...(protocol === 'imap' || user.imapToo ? [aimed('imap.mailbox')] : []),
    ...(site.inboundProtocol === 'imap' ? [] : [aimed('pop3.mailbox')]),
    sending,
    ...(mailbox.roundTrip
      ? [
          {
            ...aimed('mail.round-trip'),
            reading: { protocol, ...endpoint(place(site, protocol)) } as const,
          },
        ]
      : []),
  ];
}

/** Every task with credentials of a server with these roles: its part of the comparison's rows. */
export const mailTasksFor = (
  site: MailSite,
  roles: readonly Role[],
  users: readonly UserMailboxes[],
): Task[] => users.flatMap((user) => tasksOfUser(site, roles, user));

/** Host and port alone: what comes from outside may have more. */
const endpoint = ({ host, port }: Endpoint): Endpoint => ({ host, port });
