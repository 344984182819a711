import { Directory, type User } from './directory.ts';

/** The registration of the example site's ECE; a fake secret of a stand-in, for anybody to know. */
export const SEED_APPLICATION = {
  clientId: '6d3f1a52-8c0e-4f7b-9a51-3e1c2b7d4f60',
  secret: 'stand-in~client~secret',
  redirectUri: 'https://ece.contoso.example/system/oauth/callback',
  /** Of Mailpath on this machine; Entra ID takes localhost with any port. */
  mailpathRedirectUri: 'http://localhost/v1/sign-ins/callback',
} as const;

export const SEED_TENANT_ID = 'c0a7050e-5a1e-4d17-b1b5-2f6d9c3e8a44';

/** Of every user of the example. */
export const SEED_PASSWORD = 'stand-in-password';

const DOMAIN = 'contoso.example';
const YEAR_MS = 365 * 86_400_000;

/**
 * The example site: the tenant of contoso.example with ECE's application, the mailboxes sales@ and support@ with their
 * own users, a shared account ece@ that opens both, and an administrator without a mailbox, as whom one may sign in by
 * mistake.
 */
export function seedDirectory(now: number): Directory {
  const directory = new Directory({
    id: SEED_TENANT_ID,
    domain: DOMAIN,
    smtpAuthDisabled: false,
    accessTokenSeconds: 3_900,
  });
  directory.addApplication({
    clientId: SEED_APPLICATION.clientId,
    certificates: [],
    secrets: [{ value: SEED_APPLICATION.secret, expiresAt: new Date(now + YEAR_MS) }],
    redirectUris: [SEED_APPLICATION.redirectUri, SEED_APPLICATION.mailpathRedirectUri],
    platform: 'web',
    scopes: ['IMAP.AccessAsUser.All', 'POP.AccessAsUser.All', 'SMTP.Send'],
    roles: ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'],
    enabled: true,
  });
  for (const [name, objectId] of Object.entries(OBJECT_IDS)) directory.addUser(user(name, objectId));
  const shared = [`ece@${DOMAIN}`, SEED_APPLICATION.clientId];
  for (const name of ['sales', 'support', 'ece']) {
    const rights = name === 'ece' ? [] : shared;
    directory.addMailbox({
      address: `${name}@${DOMAIN}`,
      licensed: true,
      fullAccess: [...rights],
      sendAs: [...rights],
      full: false,
    });
  }
  return directory;
}

const OBJECT_IDS: Readonly<Record<string, string>> = {
  sales: '1b0d6c1e-3b7a-4a53-8f0c-0d8b8f5f2a01',
  support: '1b0d6c1e-3b7a-4a53-8f0c-0d8b8f5f2a02',
  ece: '1b0d6c1e-3b7a-4a53-8f0c-0d8b8f5f2a03',
  admin: '1b0d6c1e-3b7a-4a53-8f0c-0d8b8f5f2a04',
};

function user(name: string, objectId: string): User {
  return {
    userName: `${name}@${DOMAIN}`,
    password: SEED_PASSWORD,
    objectId,
    enabled: true,
    imapEnabled: true,
    popEnabled: true,
    smtpAuthDisabled: null,
  };
}
