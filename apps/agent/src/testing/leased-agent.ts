import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Grant, Lease } from '@mailpath/protocol';
import { makeAgentKey } from '../agent-key.ts';
import { startAgent } from '../agent.ts';
import { agentFacts } from '../facts.ts';
import type { LeasedOrder } from '../leased-orders.ts';
import { keptLog } from './log-lines.ts';
import { LEASED_CHECKS, type SignInHost } from './sign-in-host.ts';
import { tempDir } from './temp-dir.ts';

export const REFRESH: Grant = { kind: 'refresh-token', refreshToken: '0.refresh-token-that-was-lent' };
export const CLIENT_SECRET = 'client~secret-that-was-lent';

/** A whole agent, with a state folder of its own, at an API. */
export function leasedAgent(apiUrl: URL, allow: string[]) {
  const kept = keptLog();
  const stateDir = tempDir();
  const file = {
    apiUrl: `http://${apiUrl.host}`,
    agentId: randomUUID(),
    siteId: randomUUID(),
    siteName: 'Tokyo',
    serverId: randomUUID(),
    serverName: 'svc01',
    roles: ['services' as const],
    allow,
    resolve: {},
  };
  const agent = startAgent({
    file,
    key: makeAgentKey(),
    stateDir,
    facts: agentFacts(),
    log: kept.log,
    leasedCatalogue: LEASED_CHECKS,
  });
  return { agent, stateDir, ...kept };
}

/** An order of a token and a sign-in with it, at one host. */
export function leasedOrder(host: SignInHost, changes: Partial<Lease> = {}): LeasedOrder {
  const target = { name: 'sales', host: '127.0.0.1', port: host.port, mailbox: 'sales@example.com' };
  return {
    runId: randomUUID(),
    checkDeadlineMs: 10_000,
    roundDeadlineMs: 20_000,
    tasks: [
      { check: changes.grant?.kind === 'device-code' ? 'token.device-code' : 'token.refresh', target },
      { check: 'imap.mailbox', target },
    ],
    lease: {
      id: randomUUID(),
      expiresAt: new Date(Date.now() + 300_000).toISOString(),
      userName: 'sales@example.com',
      tenant: 'contoso.onmicrosoft.com',
      clientId: randomUUID(),
      clientSecret: CLIENT_SECRET,
      clientAssertion: null,
      scopes: ['https://outlook.office.com/IMAP.AccessAsUser.All'],
      grant: REFRESH,
      ...changes,
    },
  };
}

/** Every byte of every file below a folder, as text. */
export function contentOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}
