import { holds, holdsWithin } from '../held.ts';
import type { LocalApi } from '../local-api.ts';

const PATIENCE_MS = 10 * 60_000;

/** Waits for what comes true by itself: long enough for a machine many times slower. */
export const until = (what: string, look: () => boolean | Promise<boolean>): Promise<void> =>
  holdsWithin(PATIENCE_MS, what, look);

export interface SeenServer {
  id: string;
  name: string;
  roles: string[];
  agent: { state: string; version: string } | null;
}

interface SeenUpgrade {
  id: string;
  state: string;
  servers: { state: string; reason: string | null }[];
}

/** One site of the API, and its one server as the API sees it. */
export class SiteAtApi {
  /** Put here anew where the API was started again. */
  api: LocalApi;
  readonly #path: string;

  private constructor(api: LocalApi, path: string) {
    this.api = api;
    this.#path = path;
  }

  static async make(api: LocalApi, name: string): Promise<SiteAtApi> {
    const { id } = await api.call('POST', '/v1/sites', { name, everySeconds: 10, mailboxEverySeconds: null });
    return new SiteAtApi(api, `/v1/sites/${String(id)}`);
  }

  /** A code for one server, with both roles. */
  async code(): Promise<string> {
    const body = { servers: 1, roles: ['services', 'application'] };
    return String((await this.#call('POST', 'enrolment-codes', body))['code']);
  }

  /** A code for its server, with which another agent takes the place of the one before. */
  async codeOfServer(): Promise<string> {
    const [server] = await this.servers();
    return String((await this.#call('POST', `servers/${server?.id}/enrolment-codes`))['code']);
  }

  servers(): Promise<SeenServer[]> {
    return this.#items('servers');
  }

  async isConnected(version?: string): Promise<boolean> {
    const [server] = await this.servers();
    return (
      server?.agent?.state === 'connected' && (version === undefined || server.agent.version === version)
    );
  }

  /** How many results of this site the API has that were observed between two moments. */
  async observedBetween(from: Date, to: Date): Promise<number> {
    const results = await this.#items<{ observedAt: string }>('results?limit=200');
    return results.filter(({ observedAt }) => {
      const at = new Date(observedAt);
      return from <= at && at <= to;
    }).length;
  }

  /** How many results the agents say that they had to drop. */
  async dropped(): Promise<number> {
    const agents = await this.#items<{ droppedResults: number }>('agents');
    return agents.reduce((sum, { droppedResults }) => sum + droppedResults, 0);
  }

  /** Begins an upgrade to what lies in /downloads, and waits for its end. */
  async upgrade(what: string, state: string, server: string, reason: string | null): Promise<void> {
    await this.upgradeEnds(what, await this.beginUpgrade(), state, server, reason);
  }

  /** Its id. */
  async beginUpgrade(): Promise<string> {
    const [first] = await this.servers();
    return String((await this.#call('POST', 'upgrades', { first: first?.id }))['id']);
  }

  async upgradeEnds(
    what: string,
    id: string,
    state: string,
    server: string,
    reason: string | null,
  ): Promise<void> {
    const read = async (): Promise<SeenUpgrade> =>
      (await this.#call('GET', `upgrades/${id}`)) as unknown as SeenUpgrade;
    await until(`${what}: the upgrade ends`, async () => (await read()).state !== 'running');
    const seen = await read();
    const [one] = seen.servers;
    const isRight =
      seen.state === state &&
      one?.state === server &&
      (reason === null || one.reason?.includes(reason) === true);
    holds(`${what}: ${server}${reason === null ? '' : `, "${reason}"`}`, isRight, seen);
  }

  async refusesToUpgrade(): Promise<boolean> {
    return this.#call('POST', 'upgrades', {}).then(
      () => false,
      (error: Error) => error.message.includes(': 409 '),
    );
  }

  #call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    return this.api.call(method, `${this.#path}/${path}`, body);
  }

  async #items<T = SeenServer>(path: string): Promise<T[]> {
    return (await this.#call('GET', path))['items'] as T[];
  }
}
