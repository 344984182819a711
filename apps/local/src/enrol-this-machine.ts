import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { withoutTrailing } from '@mailpath/protocol';
import { z } from 'zod';
import { type ApiClient } from './api-client.ts';
import { enrolAgent } from './enrol-agent.ts';
import type { Parts } from './parts.ts';

const Named = z.object({ id: z.uuid(), name: z.string() });
const NamedPage = z.object({ items: z.array(Named) });
const Server = Named.extend({ agent: z.object({ id: z.uuid() }).nullable() });
const ServerPage = z.object({ items: z.array(Server) });
const AgentFile = z.object({ agentId: z.uuid(), apiUrl: z.string() });

const SITE = 'local';

/**
 * Makes the site `local` with this machine as a server holding both roles, and its agent, as far as they are missing.
 */
export async function enrolThisMachine(
  parts: Parts,
  api: ApiClient,
  { stateDir, logFile }: { stateDir: string; logFile: string },
): Promise<string> {
  const sites = await api.get('/v1/sites?limit=500', NamedPage);
  const site =
    sites.items.find(({ name }) => name === SITE) ?? (await api.post('/v1/sites', { name: SITE }, Named));

  const name = serverName();
  const servers = await api.get(`/v1/sites/${site.id}/servers?limit=500`, ServerPage);
  const server =
    servers.items.find((known) => known.name === name) ??
    (await api.post(`/v1/sites/${site.id}/servers`, { name, roles: ['services', 'application'] }, Server));

  if (!isEnrolled(server.agent?.id, api.url, stateDir))
    await enrolAgent(parts, api, { siteId: site.id, serverId: server.id, name, stateDir, logFile });
  return site.id;
}

function isEnrolled(agentId: string | undefined, url: string, stateDir: string): boolean {
  const file = join(stateDir, 'agent.json');
  if (!agentId || !existsSync(file)) return false;
  const known = AgentFile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return (
    known.success && known.data.agentId === agentId && new URL(known.data.apiUrl).href === new URL(url).href
  );
}

/** This machine's name as a server's name: letters, digits, dots and dashes. */
function serverName(): string {
  const allowed = hostname().replace(/[^A-Za-z0-9.-]/g, '-');
  const name = withoutTrailing('.-', allowed.replace(/^[.-]+/, ''));
  return name === '' ? 'this-machine' : name.slice(0, 63);
}
