import { randomUUID } from 'node:crypto';
import type { CheckResult, InboundProtocol } from '@mailpath/protocol';
import { vi } from 'vitest';
import type { Run } from '../../apps/api/src/work/runs/run.ts';
import type { NewSignIn, SignIn } from '../../apps/api/src/work/sign-ins/sign-in.ts';
import type { StandIn } from '../../apps/stand-in/src/stand-in.ts';
import { SEED_APPLICATION, SEED_PASSWORD, SEED_TENANT_ID } from '../../apps/stand-in/src/seed.ts';
import type { RunningApi } from './api.ts';
import { Browser, type Person } from './m365-browser.ts';
import { addMailbox, client } from './mail-site.ts';
import { installAgent, type RealAgent } from './real-agent.ts';
import { createSite } from './scripted-agent.ts';

/** One ECE server of the site: its roles, and the address at which it reaches the stand-in. */
export interface ServerAt {
  roles: readonly string[];
  address: string;
}

/** A result as it is stored, with the name of the server that reported it. */
export interface NamedResult {
  server: string;
  result: CheckResult;
}

export interface M365SiteOptions {
  servers: Readonly<Record<string, ServerAt>>;
  inboundProtocol?: InboundProtocol;
  changes?: object;
}

export const DOMAIN = 'contoso.example';

const WAIT = { timeout: 480_000, interval: 100 };

/** A user of the stand-in with a mailbox of the same name, as its seed has them. */
export function addUser({ directory }: Pick<StandIn, 'directory'>, name: string): string {
  const userName = `${name}@${DOMAIN}`;
  directory.addUser({
    userName,
    password: SEED_PASSWORD,
    objectId: randomUUID(),
    enabled: true,
    imapEnabled: true,
    popEnabled: true,
    smtpAuthDisabled: null,
  });
  directory.addMailbox({ address: userName, licensed: true, fullAccess: [], sendAs: [], full: false });
  return userName;
}

/**
 * A site whose servers are real agents, against a stand-in for Microsoft 365, over everything that lies between them.
 */
export class M365Site {
  readonly api: RunningApi;
  readonly standIn: StandIn;
  readonly id: string;
  readonly agents: Record<string, RealAgent> = {};
  readonly serverIds: Record<string, string> = {};

  private constructor(api: RunningApi, standIn: StandIn, id: string) {
    this.api = api;
    this.standIn = standIn;
    this.id = id;
  }

  static async create(
    api: RunningApi,
    standIn: StandIn,
    { servers, inboundProtocol = 'imap', changes = {} }: M365SiteOptions,
  ): Promise<M365Site> {
    const { targets } = standIn;
    const id = await createSite(api, {
      name: `against the stand-in ${randomUUID()}`,
      targets,
      tenant: SEED_TENANT_ID,
      clientId: SEED_APPLICATION.clientId,
      inboundProtocol,
      everySeconds: 3_600,
      mailboxEverySeconds: null,
      ...changes,
    });
    const site = new M365Site(api, standIn, id);
    await site.putSecret(SEED_APPLICATION.secret);
    // Entra ID takes http for localhost alone, and any port of it.
    const registered = standIn.directory.application(SEED_APPLICATION.clientId)?.redirectUris;
    registered?.push('http://localhost/v1/sign-ins/callback');
    await Promise.all(Object.entries(servers).map(([name, server]) => site.#install(name, server)));
    const { body } = await site.#client.get(`/v1/sites/${id}/servers`).expect(200);
    for (const one of body.items as { id: string; name: string }[]) site.serverIds[one.name] = one.id;
    return site;
  }

  async #install(name: string, { roles, address }: ServerAt): Promise<void> {
    const places = Object.values(this.standIn.targets);
    const hosts = new Set(places.map(({ host }) => host));
    this.agents[name] = await installAgent(this.api, this.id, name, roles, {
      allow: places.map(({ host, port }) => `${host}:${port}`),
      resolve: [...hosts].map((host) => `${host}=${address}`),
      trust: this.standIn.authority.certificate,
    });
  }

  get #client() {
    return client(this.api);
  }

  /** What a GET of the site's resources answers. */
  async get<T>(path: string): Promise<T> {
    return (await this.#client.get(`/v1/sites/${this.id}${path}`).expect(200)).body as T;
  }

  async putSecret(secret: string): Promise<void> {
    await this.#client.put(`/v1/sites/${this.id}/client-secret`).send({ secret }).expect(204);
  }

  addMailbox(address: string, changes: object = {}): Promise<void> {
    return addMailbox(this.api, this.id, address, changes);
  }

  async startSignIn(userName: string, server: string, changes: object = {}): Promise<NewSignIn> {
    const { body } = await this.#client
      .post(`/v1/sites/${this.id}/sign-ins`)
      .send({ userName, serverId: this.serverIds[server], ...changes })
      .expect(201);
    return body as NewSignIn;
  }

  /** Waits until the sign-in is over, or as far as `isOver` says. */
  async signInOver(
    id: string,
    isOver: (signIn: SignIn) => boolean = ({ state }) => state === 'done' || state === 'failed',
  ): Promise<SignIn> {
    return vi.waitFor(async () => {
      const signIn = await this.get<SignIn>(`/sign-ins/${id}`);
      if (!isOver(signIn)) throw new Error(`the sign-in of ${signIn.userName} is ${signIn.state}`);
      return signIn;
    }, WAIT);
  }

  /**
   * A sign-in in the browser, redeemed by the server's agent; `as` is who types into the form where it is another than
   * the one that is meant.
   */
  async signIn(userName: string, server: string, as: Partial<Person> = {}): Promise<SignIn> {
    const { id, startUrl } = await this.startSignIn(userName, server);
    const browser = new Browser(this.standIn);
    const person = { login: userName, passwd: SEED_PASSWORD, ...as };
    await browser.follow(await browser.signIn(await browser.start(startUrl ?? ''), person));
    return this.signInOver(id);
  }

  /** Asks these servers (all where left out) for these checks, and waits until all of them have answered. */
  async run({
    checks,
    servers,
  }: { checks?: readonly string[]; servers?: readonly string[] } = {}): Promise<Run> {
    const { body } = await this.#client
      .post(`/v1/sites/${this.id}/runs`)
      .send({
        ...(checks && { checks }),
        ...(servers && { serverIds: servers.map((name) => this.serverIds[name]) }),
      })
      .expect(202);
    return vi.waitFor(async () => {
      const run = await this.get<Run>(`/runs/${body.id}`);
      if (run.state !== 'done') throw new Error(`still running: ${JSON.stringify(run.servers)}`);
      return run;
    }, WAIT);
  }

  /** Everything that a run stored. */
  async resultsOf({ id: runId }: Pick<Run, 'id'>): Promise<NamedResult[]> {
    const found: NamedResult[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = new URLSearchParams({ runId, limit: '500', ...(cursor && { cursor }) });
      const page: { items: { serverId: string; result: CheckResult }[]; nextCursor: string | null } =
        await this.get(`/results?${query.toString()}`);
      found.push(...page.items.map(({ serverId, result }) => ({ server: this.#nameOf(serverId), result })));
      cursor = page.nextCursor;
    }
    return found;
  }

  /** The newest stored result of a check on a server, of that mailbox where it has one. */
  async latest(server: string, check: string, mailbox?: string): Promise<CheckResult> {
    const query = new URLSearchParams({ serverId: this.serverIds[server] ?? '', check });
    const { items } = await this.get<{ items: { result: CheckResult }[] }>(`/results?${query.toString()}`);
    const found = items.find(({ result }) => mailbox === undefined || result.target.mailbox === mailbox);
    if (!found) throw new Error(`no ${check} of ${server} is stored`);
    return found.result;
  }

  #nameOf(serverId: string): string {
    return Object.entries(this.serverIds).find(([, id]) => id === serverId)?.[0] ?? serverId;
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.agents).map((agent) => agent.remove()));
  }
}
