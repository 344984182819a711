import { beforeAll, beforeEach, afterAll, afterEach } from 'vitest';
import type { Response } from 'supertest';
import type { SignIn } from '../../apps/api/src/work/sign-ins/sign-in.ts';
import { type RunningApi, startApi } from './api.ts';
import { client } from './mail-site.ts';
import { type Identity, resultOf, ScriptedAgent } from './scripted-agent.ts';
import { startThreeServers, type ThreeServers } from './three-servers.ts';

/** A site that is attacked: made anew for each test, with what the tests look at it by. */
export interface AttackedSite {
  readonly api: RunningApi;
  readonly site: ThreeServers;
  /** Of the site's resources. */
  path(rest?: string): string;
  /** What a GET answers, as supertest has it. */
  read(rest: string): Promise<Response['body']>;
  signInOf(id: string): Promise<SignIn>;
  /** An agent that leaves when the test is over. */
  join(identity: Identity): Promise<ScriptedAgent>;
  stays(agent: ScriptedAgent): void;
}

/** Ends when everything that came before it on that connection has been dealt with. */
export const handled = (agent: ScriptedAgent) =>
  agent.deliver([{ sequence: agent.nextSequence(), runId: null, result: resultOf() }]);

/** To be called at the top of a spec. */
export function attackedSite(): AttackedSite {
  let api: RunningApi;
  let site: ThreeServers;
  const guests: ScriptedAgent[] = [];
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    site = await startThreeServers(api);
  });
  afterEach(async () => {
    await Promise.all(guests.splice(0).map((guest) => guest.leave()));
    await site.end();
  });
  const path = (rest = '') => `/v1/sites/${site.siteId}${rest}`;
  const read = async (rest: string) => (await client(api).get(path(rest)).expect(200)).body;
  return {
    get api() {
      return api;
    },
    get site() {
      return site;
    },
    path,
    read,
    signInOf: (id) => read(`/sign-ins/${id}`),
    join: async (identity) => {
      const agent = await ScriptedAgent.join(api.url, identity);
      guests.push(agent);
      return agent;
    },
    stays: (agent) => void guests.push(agent),
  };
}
