import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type ApiClient } from './api-client.ts';

const Named = z.object({ id: z.uuid(), name: z.string() });
const NamedPage = z.object({ items: z.array(Named) });
const Server = Named.extend({ agent: z.object({ id: z.uuid() }).nullable() });
const ServerPage = z.object({ items: z.array(Server) });
const Code = z.object({ code: z.string() });
const AgentFile = z.object({ agentId: z.uuid(), apiUrl: z.string() });

const SITE = 'local';

/** Makes the site `local` with this machine as a server holding both roles, and its agent, as far as they are missing. */
export async function enrolThisMachine(
  api: ApiClient,
  agentScript: string,
  stateDir: string,
): Promise<string> {
  const sites = await api.get('/v1/sites?limit=500', NamedPage);
  const site =
    sites.items.find(({ name }) => name === SITE) ?? (await api.post('/v1/sites', { name: SITE }, Named));

  const name = serverName();
  const servers = await api.get(`/v1/sites/${site.id}/servers?limit=500`, ServerPage);
  const server =
    servers.items.find((known) => known.name === name) ??
    (await api.post(`/v1/sites/${site.id}/servers`, { name, roles: ['services', 'application'] }, Server));

  if (!isEnrolled(server.agent?.id, api.url, stateDir)) {
    const { code } = await api.post(`/v1/sites/${site.id}/servers/${server.id}/enrolment-codes`, {}, Code);
    await promisify(execFile)(process.execPath, [
      agentScript,
      'enrol',
      api.url,
      code,
      '--state',
      stateDir,
      '--replace',
    ]);
  }
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
  const name = hostname()
    .replace(/[^A-Za-z0-9.-]/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return name === '' ? 'this-machine' : name.slice(0, 63);
}
