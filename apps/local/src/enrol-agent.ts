import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import type { Parts } from './parts.ts';

const Code = z.object({ code: z.string() });
const Enrolled = z.object({ agent: z.object({ keyFingerprint: z.string() }) });

/** The server that an agent is enrolled for, and where that agent keeps what it has. */
export interface Enrolment {
  siteId: string;
  serverId: string;
  name: string;
  stateDir: string;
  logFile: string;
  /** Further words of `mailpath-agent enrol`. */
  words?: readonly string[];
}

/** Has a code made for a server, the agent's own program spend it, and the agent approved. */
export async function enrolAgent(parts: Parts, api: ApiClient, enrolment: Enrolment): Promise<void> {
  const { siteId, serverId, name, stateDir, logFile, words = [] } = enrolment;
  const { code } = await api.post(`/v1/sites/${siteId}/servers/${serverId}/enrolment-codes`, {}, Code);
  const args = ['enrol', api.url, code, '--state', stateDir, '--replace', ...words];
  await parts.runToEnd({ name, script: 'agent', args, logFile });
  await approve(api, `/v1/sites/${siteId}/servers/${serverId}`);
}

/** It was enrolled here and now, by this program itself: nobody else has to look at its key. */
async function approve(api: ApiClient, path: string): Promise<void> {
  const { agent } = await api.get(path, Enrolled);
  await api.post(`${path}/approval`, { fingerprint: agent.keyFingerprint }, z.unknown());
}
