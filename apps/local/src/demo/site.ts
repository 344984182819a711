import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import { enrolAgent } from '../enrol-agent.ts';
import type { Parts } from '../parts.ts';
import { signInByBrowser } from './browser.ts';
import type { DemoStandIn } from './demo-stand-in.ts';
import { type DemoServer, ECE_ADDRESS } from './servers.ts';

const Made = z.object({ id: z.uuid() });
const NewSignIn = Made.extend({ startUrl: z.url() });
const SignIn = z.object({
  state: z.enum(['waiting', 'redeeming', 'done', 'failed', 'expired']),
  failure: z.string().nullable(),
});
const POLL_MS = 100;

/** The account that opens all mailboxes of the site (S38 to S45). */
export const SHARED_ACCOUNT = 'ece@contoso.example';
const MAILBOXES = [
  { address: 'sales@contoso.example', roundTrip: false },
  { address: 'support@contoso.example', roundTrip: true },
];

/**
 * Enters an ECE installation as its administrator would: the site, the client secret, the mailboxes. Answers the site's
 * id.
 */
export async function createSite(api: ApiClient, standIn: DemoStandIn): Promise<string> {
  const { application, tenant, targets } = standIn;
  const host = new URL(application.redirectUri).hostname;
  const { id } = await api.post(
    '/v1/sites',
    {
      name: 'head office',
      version: '12.6(1)',
      esLevel: 'ES5',
      externalUrl: `https://${host}`,
      adminConsoleUrl: `https://${host}`,
      tenant,
      clientId: application.clientId,
      redirectUri: application.redirectUri,
      inboundProtocol: 'imap',
      accountKind: 'shared',
      // The stand-in's own; at a real site the certificates are Microsoft's.
      expectedIssuers: ['Mailpath'],
      targets: { ...targets, 'external-url': { host, port: targets.login.port } },
      // Only when asked: a round of its own accord would use up what a mailbox is asked to bear in a minute.
      mailboxEverySeconds: null,
    },
    Made,
  );
  await api.put(`/v1/sites/${id}/client-secret`, { secret: application.secret });
  for (const mailbox of MAILBOXES)
    await api.post(
      `/v1/sites/${id}/mailboxes`,
      {
        ...mailbox,
        userName: SHARED_ACCOUNT,
        licence: 'Office 365 E3',
        imapEnabled: true,
        smtpAuthEnabled: true,
      },
      Made,
    );
  return id;
}

/**
 * Makes the server, enrols its agent with the stand-in pinned to the server's own address, and starts it. Answers the
 * server's id.
 */
export async function installAgent(
  parts: Parts,
  api: ApiClient,
  { siteId, folder, standIn }: { siteId: string; folder: string; standIn: DemoStandIn },
  { name, role, address }: DemoServer,
): Promise<string> {
  const { id } = await api.post(`/v1/sites/${siteId}/servers`, { name, roles: [role] }, Made);
  const ece = { host: new URL(standIn.application.redirectUri).hostname, port: standIn.targets.login.port };
  const microsoft = Object.values(standIn.targets);
  const hosts = new Set(microsoft.map(({ host }) => host));
  const words = [
    ...[...microsoft, ece].flatMap(({ host, port }) => ['--allow', `${host}:${port}`]),
    ...[...hosts].flatMap((host) => ['--resolve', `${host}=${address}`]),
    // ECE's own front is one place inside the site, whatever becomes of a server's way to Microsoft.
    '--resolve',
    `${ece.host}=${ECE_ADDRESS}`,
  ];
  const [stateDir, logFile] = [join(folder, name), join(folder, `${name}.log`)];
  await enrolAgent(parts, api, { siteId, serverId: id, name, stateDir, logFile, words });
  await parts.startAgent(name, stateDir, logFile, { NODE_EXTRA_CA_CERTS: standIn.authorityFile });
  return id;
}

/** A person signs in as the shared account, and that application server obtains the first token (S47). */
export async function signIn(
  api: ApiClient,
  { siteId, standIn }: { siteId: string; standIn: DemoStandIn },
  { serverId, address }: { serverId: string; address: string },
): Promise<void> {
  const path = `/v1/sites/${siteId}/sign-ins`;
  const { id, startUrl } = await api.post(path, { userName: SHARED_ACCOUNT, serverId }, NewSignIn);
  const user = { userName: SHARED_ACCOUNT, password: standIn.passwordOf(SHARED_ACCOUNT) };
  await signInByBrowser(startUrl, user, { address, authority: standIn.authority });
  let now = await api.get(`${path}/${id}`, SignIn);
  // The API lets it fail when the agent does not answer in time.
  while (now.state === 'waiting' || now.state === 'redeeming') {
    await delay(POLL_MS);
    now = await api.get(`${path}/${id}`, SignIn);
  }
  if (now.state !== 'done') throw new Error(`The sign-in ended as ${now.state}: ${now.failure}`);
}
