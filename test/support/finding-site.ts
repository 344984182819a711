import { randomUUID } from 'node:crypto';
import type { CheckResult } from '@mailpath/protocol';
import request from 'supertest';
import { FindingsEvaluator } from '../../apps/api/src/conclusions/findings/findings.evaluator.ts';
import type { FindingDetail, FindingSummary } from '../../apps/api/src/conclusions/findings/finding.query.ts';
import type { RunningApi } from './api.ts';
import { createSite, enrolServer, type Identity, resultOf, ScriptedAgent } from './scripted-agent.ts';

export const REFUSED = {
  outcome: 'fail',
  failure: {
    phase: 'connect',
    code: 'refused',
    message: 'outlook.office365.com:993: connect ECONNREFUSED 127.0.0.1:993',
  },
} as const satisfies Partial<CheckResult>;

export interface FindingList {
  items: FindingSummary[];
  nextCursor: string | null;
}

export const get = (api: RunningApi, path: string, query: Record<string, string> = {}) =>
  request(api.server).get(path).query(query).auth(api.apiKey, { type: 'bearer' });

/** Everything that has been delivered is judged. */
export const judged = (api: RunningApi) => api.app.get(FindingsEvaluator).settled();

/** A site with these application servers, each with an agent that has joined. */
export async function siteOf(api: RunningApi, ...names: string[]) {
  const siteId = await createSite(api, { name: randomUUID(), inboundProtocol: 'imap' });
  const agents: Record<string, { agent: ScriptedAgent; identity: Identity }> = {};
  for (const name of names) {
    const identity = await enrolServer(api, siteId, name);
    agents[name] = { identity, agent: await ScriptedAgent.join(api.url, identity) };
  }
  const of = (name: string) => {
    const found = agents[name];
    if (!found) throw new Error(`no server ${name}`);
    return found;
  };
  return {
    siteId,
    serverId: (name: string) => of(name).identity.serverId,
    agent: (name: string) => of(name).agent,
    /** Delivers one result, waits until it is judged, and answers it. */
    report: async (name: string, changes: Partial<CheckResult> = {}): Promise<CheckResult> => {
      const { agent } = of(name);
      const result = resultOf(changes);
      await agent.deliver([{ sequence: agent.nextSequence(), runId: null, result }]);
      await judged(api);
      return result;
    },
    list: async (query: Record<string, string> = {}): Promise<FindingSummary[]> => {
      const { body } = await get(api, `/v1/sites/${siteId}/findings`, query).expect(200);
      return (body as FindingList).items;
    },
    detail: async (finding: Pick<FindingSummary, 'id'> | undefined): Promise<FindingDetail> =>
      (await get(api, `/v1/sites/${siteId}/findings/${finding?.id}`).expect(200)).body as FindingDetail,
    leave: () => Promise.all(Object.values(agents).map(({ agent }) => agent.leave())),
  };
}
