import type { InboundProtocol, Role } from '@mailpath/protocol';

/** The servers of the site of all situations, and what each is. */
export const ROLES = {
  svc01: ['services'],
  svc02: ['services'],
  app01: ['application'],
  app02: ['application'],
  app03: ['application'],
} as const satisfies Record<string, readonly Role[]>;

export type ServerName = keyof typeof ROLES;

export const SERVICES: readonly ServerName[] = ['svc01', 'svc02'];
export const APPLICATION: readonly ServerName[] = ['app01', 'app02', 'app03'];
export const ALL: readonly ServerName[] = [...SERVICES, ...APPLICATION];

/** Microsoft's hosts, each with an address of its own for each server: a fault there is on that server's way alone. */
export const HOSTS = {
  login: 'login.microsoftonline.com',
  alias: 'login.microsoft.com',
  outlook: 'outlook.office365.com',
  smtp: 'smtp.office365.com',
} as const;

export type Host = keyof typeof HOSTS;
export type Service = 'https' | 'smtp' | 'imap' | 'pop3';

/** One port of one host. */
export interface Place {
  host: Host;
  service: Service;
}

/** Everything that a server reaches, by the names that situations use. */
export const PLACES = {
  login: { host: 'login', service: 'https' },
  alias: { host: 'alias', service: 'https' },
  exchange: { host: 'outlook', service: 'https' },
  imap: { host: 'outlook', service: 'imap' },
  pop3: { host: 'outlook', service: 'pop3' },
  smtp: { host: 'smtp', service: 'smtp' },
} as const satisfies Record<string, Place>;

export type PlaceName = keyof typeof PLACES;

/** `sales` is opened by its own account, `support` by the shared account `ece` (S43). */
export const MAILBOXES = [
  { name: 'sales', address: 'sales@contoso.example', user: 'sales@contoso.example', roundTrip: false },
  { name: 'support', address: 'support@contoso.example', user: 'ece@contoso.example', roundTrip: true },
] as const;

export type Inbound = Exclude<InboundProtocol, 'undecided'>;
