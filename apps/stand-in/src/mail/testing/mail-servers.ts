import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { listen, makeTestCa, type Listener, type TlsPair } from '@mailpath/checks/testing';
import { AccessTokens, type TokenSubject } from '../../access-tokens.ts';
import { Directory } from '../../directory.ts';
import { Faults } from '../../faults.ts';
import {
  imapSession,
  MailStore,
  pop3Session,
  smtpSession,
  type MailProtocol,
  type MailWorld,
} from '../index.ts';

export const TENANT_ID = 'a1f0c0de-0000-4000-8000-000000000001';
export const CLIENT_ID = 'a1f0c0de-0000-4000-8000-000000000002';
export const ADA = 'ada@contoso.example';
export const SUPPORT = 'support@contoso.example';
export const OUTLOOK = 'https://outlook.office.com';

/** The three mail servers on loopback before a tenant with Ada and a shared mailbox of hers. */
export interface MailServers {
  world: MailWorld & { now: () => number };
  tls: TlsPair;
  ca: string;
  at: Record<MailProtocol, Listener>;
  /** How many sessions ended so far. */
  ended: () => number;
  /** Moves the clock by which tokens run out. */
  advance: (seconds: number) => void;
  /** Rejects when a session did: they never should. */
  stop: () => Promise<void>;
}

export async function startMailServers(): Promise<MailServers> {
  const { ca, tls, tokens } = await (keys ??= makeKeys());
  let ahead = 0;
  const world = {
    directory: tenant(),
    tokens,
    faults: new Faults(),
    store: new MailStore(),
    now: () => Date.now() + ahead,
  };
  let ended = 0;
  const mistakes: unknown[] = [];
  const run = (session: (socket: Socket) => Promise<void>) => (socket: Socket) => {
    session(socket)
      .catch((mistake: unknown) => mistakes.push(mistake))
      .finally(() => (ended += 1));
  };
  const at = {
    imap: await listen(
      { tls },
      run((socket) => imapSession(socket, '127.0.0.1', world)),
    ),
    pop3: await listen(
      { tls },
      run((socket) => pop3Session(socket, '127.0.0.1', world)),
    ),
    smtp: await listen(
      {},
      run((socket) => smtpSession(socket, '127.0.0.1', world, tls)),
    ),
  };
  return {
    world,
    tls,
    ca,
    at,
    ended: () => ended,
    advance: (seconds) => (ahead += seconds * 1000),
    stop: async () => {
      await Promise.all(Object.values(at).map((listener) => listener.stop()));
      if (mistakes.length > 0) throw new AggregateError(mistakes, 'a session broke');
    },
  };
}

/** Keys take long to make and tell tests nothing of each other. */
let keys: ReturnType<typeof makeKeys> | undefined;

async function makeKeys(): Promise<{ ca: string; tls: TlsPair; tokens: AccessTokens }> {
  const ca = await makeTestCa();
  const tls = await ca.issue({ names: ['localhost', '127.0.0.1'] });
  return { ca: ca.certificate, tls, tokens: await AccessTokens.create() };
}

/** A token of Ada for all three protocols, unless told otherwise. */
export function tokenOf(
  { world }: Pick<MailServers, 'world'>,
  subject: Partial<TokenSubject> = {},
  { audience = OUTLOOK, lifetimeSeconds = 3600 } = {},
): Promise<string> {
  const whole = {
    userName: ADA,
    objectId: randomUUID(),
    clientId: CLIENT_ID,
    tenantId: TENANT_ID,
    scopes: ['IMAP.AccessAsUser.All', 'POP.AccessAsUser.All', 'SMTP.Send'],
    roles: [],
    ...subject,
  };
  const issuedAt = Math.floor(Date.now() / 1000) - 60;
  return world.tokens.issue(whole, audience, issuedAt, lifetimeSeconds + 60);
}

/** The base64 that a client sends. */
export function xoauth2(user: string, token: string): string {
  return Buffer.from(`user=${user}\x01auth=Bearer ${token}\x01\x01`).toString('base64');
}

function tenant(): Directory {
  const directory = new Directory({
    id: TENANT_ID,
    domain: 'contoso.example',
    smtpAuthDisabled: false,
    accessTokenSeconds: 3600,
  });
  directory.addApplication({
    clientId: CLIENT_ID,
    secrets: [],
    certificates: [],
    redirectUris: [],
    platform: 'web',
    scopes: ['IMAP.AccessAsUser.All', 'POP.AccessAsUser.All', 'SMTP.Send'],
    roles: ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'],
    enabled: true,
  });
  directory.addUser({
    userName: ADA,
    password: 'not used here',
    objectId: randomUUID(),
    enabled: true,
    imapEnabled: true,
    popEnabled: true,
    smtpAuthDisabled: null,
  });
  const mailbox = { licensed: true, fullAccess: [], sendAs: [], full: false };
  directory.addMailbox({ address: ADA, ...mailbox });
  directory.addMailbox({ address: SUPPORT, ...mailbox, fullAccess: [ADA, CLIENT_ID] });
  return directory;
}
