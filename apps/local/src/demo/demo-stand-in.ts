import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Endpoint, MailAddress, StandardTarget } from '@mailpath/protocol';
import { z } from 'zod';
import { ApiClient } from '../api-client.ts';
import type { Parts } from '../parts.ts';

const Listening = z.object({
  event: z.literal('listening'),
  targets: z.record(StandardTarget, Endpoint),
  controlUrl: z.url(),
  authorityFile: z.string(),
});

const State = z.object({
  tenant: z.object({ id: z.guid() }),
  applications: z.array(
    z.object({
      clientId: z.guid(),
      secrets: z.array(z.object({ value: z.string() })).min(1),
      redirectUris: z.array(z.url()).min(1),
    }),
  ),
  users: z.array(z.object({ userName: MailAddress, password: z.string() })),
});

/** The stand-in as the demonstration uses it. Its secrets are known to all. */
export interface DemoStandIn {
  /** Microsoft's names with the stand-in's ports. */
  targets: Record<StandardTarget, Endpoint>;
  authorityFile: string;
  /** PEM. */
  authority: string;
  /** The control interface. */
  control: ApiClient;
  tenant: string;
  /** ECE's registration; the redirect URI is its own. */
  application: { clientId: string; secret: string; redirectUri: string };
  passwordOf: (userName: string) => string;
}

/** Starts the stand-in on these addresses, and reads what it is seeded with. */
export async function startStandIn(
  parts: Parts,
  folder: string,
  addresses: readonly string[],
): Promise<DemoStandIn> {
  const child = parts.start({
    name: 'the stand-in',
    script: 'stand-in',
    args: [
      '--control-port',
      '0',
      '--home',
      join(folder, 'stand-in'),
      ...addresses.flatMap((address) => ['--address', address]),
    ],
    logFile: join(folder, 'stand-in.log'),
  });
  const { targets, controlUrl, authorityFile } = Listening.parse(await child.ready);
  const control = new ApiClient(controlUrl, null);
  const { tenant, applications, users } = await control.get('/state', State);
  const [application] = applications;
  const secret = application?.secrets[0]?.value;
  const redirectUri = application?.redirectUris[0];
  if (!application || secret === undefined || redirectUri === undefined)
    throw new Error('The stand-in is seeded without an application.');
  return {
    targets,
    authorityFile,
    authority: readFileSync(authorityFile, 'utf8'),
    control,
    tenant: tenant.id,
    application: { clientId: application.clientId, secret, redirectUri },
    passwordOf(userName) {
      const user = users.find((each) => each.userName === userName);
      if (!user) throw new Error(`The stand-in is seeded without the user ${userName}.`);
      return user.password;
    },
  };
}
