/**
 * Who and what there is in the stand-in tenant, as an administrator of Entra ID and Exchange Online would see it. Plain
 * state: the servers read it at every request, so that a change holds for the next one.
 */

/** Permissions of Exchange Online (delegated for users, application roles for the application itself). */
export type DelegatedScope = 'IMAP.AccessAsUser.All' | 'POP.AccessAsUser.All' | 'SMTP.Send';
export type ApplicationRole = 'IMAP.AccessAsApp' | 'POP.AccessAsApp' | 'SMTP.SendAsApp';

export interface Tenant {
  /** GUID. */
  id: string;
  /** Its domain, which may stand in place of the id in an authority. */
  domain: string;
  /** `Get-TransportConfig | fl SmtpClientAuthenticationDisabled`. */
  smtpAuthDisabled: boolean;
  /** Lifetime of access tokens in seconds; Microsoft's lie between 60 and 90 minutes. */
  accessTokenSeconds: number;
}

/** An application registration with its enterprise application. */
export interface Application {
  clientId: string;
  /** Values, never ids; a secret past its `expiresAt` is refused with AADSTS7000222. */
  secrets: { value: string; expiresAt: Date }[];
  /** By the SHA-256 thumbprint in base64url; one past its `expiresAt` is refused with AADSTS700027. */
  certificates: { thumbprint: string; publicKey: string; expiresAt: Date }[];
  redirectUris: string[];
  /**
   * How the redirect URIs are registered; `spa` gives refresh tokens of 24 hours that a server cannot use
   * (AADSTS700084).
   */
  platform: 'web' | 'spa' | 'public';
  /** Delegated permissions with consent. */
  scopes: DelegatedScope[];
  /** Application permissions with admin consent. */
  roles: ApplicationRole[];
  enabled: boolean;
}

/** A user; protocol switches are the user's, whatever mailbox is opened. */
export interface User {
  /** User principal name; case does not matter. */
  userName: string;
  password: string;
  /** Object id, GUID. */
  objectId: string;
  enabled: boolean;
  /** `Get-CASMailbox`. */
  imapEnabled: boolean;
  popEnabled: boolean;
  /** Null: as the tenant says. */
  smtpAuthDisabled: boolean | null;
}

export interface Mailbox {
  address: string;
  licensed: boolean;
  /** User names (and client ids of applications) with full access; the user of the same name has it anyway. */
  fullAccess: string[];
  /** The same for Send As. */
  sendAs: string[];
  /** Full: nothing can be sent any more, since a copy is kept. */
  full: boolean;
}

/** The whole directory, found by name in any case of letters. */
export class Directory {
  tenant: Tenant;
  readonly applications = new Map<string, Application>();
  readonly users = new Map<string, User>();
  readonly mailboxes = new Map<string, Mailbox>();

  constructor(tenant: Tenant) {
    this.tenant = tenant;
  }

  addApplication(application: Application): void {
    this.applications.set(application.clientId.toLowerCase(), application);
  }

  addUser(user: User): void {
    this.users.set(user.userName.toLowerCase(), user);
  }

  addMailbox(mailbox: Mailbox): void {
    this.mailboxes.set(mailbox.address.toLowerCase(), mailbox);
  }

  application(clientId: string): Application | undefined {
    return this.applications.get(clientId.toLowerCase());
  }

  user(userName: string): User | undefined {
    return this.users.get(userName.toLowerCase());
  }

  mailbox(address: string): Mailbox | undefined {
    return this.mailboxes.get(address.toLowerCase());
  }

  /** Becomes the other one in all that it holds; whoever has this directory goes on with it. */
  replaceBy(other: Directory): void {
    this.tenant = other.tenant;
    for (const map of [this.applications, this.users, this.mailboxes]) map.clear();
    for (const each of other.applications.values()) this.addApplication(each);
    for (const each of other.users.values()) this.addUser(each);
    for (const each of other.mailboxes.values()) this.addMailbox(each);
  }
}

/** Whether the names are those of one user or mailbox. */
export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
