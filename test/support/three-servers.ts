import type { RunOrder, Task } from '@mailpath/protocol';
import { Clock } from '../../apps/api/src/platform/clock.ts';
import { Run } from '../../apps/api/src/work/runs/run.ts';
import type { RunningApi } from './api.ts';
import { addMailbox, answer, client, createMailSite, signIn, tokensFor } from './mail-site.ts';
import { enrolServer, type Identity, ScriptedAgent } from './scripted-agent.ts';

/**
 * A site that is ready for sign-ins, with two services servers and an application server whose agents are connected.
 */
export interface ThreeServers {
  readonly siteId: string;
  readonly identities: Record<'svc01' | 'svc02' | 'app01', Identity>;
  readonly svc01: ScriptedAgent;
  readonly svc02: ScriptedAgent;
  readonly app01: ScriptedAgent;
  /** Adds mailboxes with accounts of their own, and signs each of them in. */
  ready(...addresses: string[]): Promise<void>;
  /** Asks for a run of sign-ins alone, without the checks that need no credential. */
  run(checks?: string[]): Promise<Run>;
  get(runId: string): Promise<Run>;
  /** Moves the API's clock on. */
  moveClock(to: () => Date): void;
  /** Ends the connections, and sets the clock right. */
  end(): Promise<void>;
}

const SIGN_INS = ['token.refresh', 'imap.mailbox', 'smtp.login', 'mail.round-trip'];

export async function startThreeServers(api: RunningApi): Promise<ThreeServers> {
  const siteId = await createMailSite(api);
  const identities = {
    svc01: await enrolServer(api, siteId, 'svc01', ['services']),
    svc02: await enrolServer(api, siteId, 'svc02', ['services']),
    app01: await enrolServer(api, siteId, 'app01', ['application']),
  };
  const svc01 = await ScriptedAgent.join(api.url, identities.svc01);
  const svc02 = await ScriptedAgent.join(api.url, identities.svc02);
  const app01 = await ScriptedAgent.join(api.url, identities.app01);
  const clock = api.app.get(Clock);
  return {
    siteId,
    identities,
    svc01,
    svc02,
    app01,
    ready: async (...addresses) => {
      for (const address of addresses) {
        await addMailbox(api, siteId, address);
        await signIn(api, siteId, address, app01, identities.app01.serverId);
      }
    },
    run: async (checks = SIGN_INS) => {
      const { body } = await client(api).post(`/v1/sites/${siteId}/runs`).send({ checks }).expect(202);
      return Run.parse(body);
    },
    get: async (runId) =>
      Run.parse((await client(api).get(`/v1/sites/${siteId}/runs/${runId}`).expect(200)).body),
    moveClock: (to) => {
      clock.now = to;
    },
    end: async () => {
      clock.now = () => new Date();
      for (const agent of [svc01, svc02, app01]) agent.socket.close();
      await Promise.all([svc01.closed(), svc02.closed(), app01.closed()]);
    },
  };
}

/** One server's part of a run. */
export const part = (run: Run, name: string) => run.servers.find((server) => server.name === name);

/** Hands in tokens, and passes every task. */
export async function refresh(agent: ScriptedAgent, order: RunOrder, name = 'again'): Promise<void> {
  agent.send('tokens', tokensFor(order, name));
  await answer(agent, order);
}

/** Lets one check of an order fail; to be given to answer(). */
export const failing =
  (check: string, code: string, phase: string, evidence: object = {}) =>
  (task: Task): object =>
    task.check === check
      ? {
          outcome: code === 'throttled' ? 'throttled' : 'fail',
          failure: { phase, code, message: 'said no' },
          evidence,
        }
      : {};
