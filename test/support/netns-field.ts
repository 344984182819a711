import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { diagnoseSite, lastLooks, pastOf, type PastResult, silencesOf } from '@mailpath/diagnosis';
import type { CheckResult, Finding, Task } from '@mailpath/protocol';
import { standardTasks } from '@mailpath/checks';
import { changesOf, type KnownFinding } from '../../apps/api/src/conclusions/findings/finding-life.ts';
import type { NewestResult } from '../../apps/api/src/conclusions/findings/seen-result.ts';
import { applied } from '../../apps/api/src/conclusions/findings/testing/story.ts';
import type { Looked, LookOrder } from './netns-looker.ts';
import { type EceServer, type Layout, MAIL_4, Site, WRONG_NAME } from './netns-site.ts';

/** Sign-in has addresses of its own, as with Microsoft, and the site's own address of ECE is inside the network. */
export const SIGN_IN_4 = ['52.96.0.30', '52.96.0.31'] as const;
const OWN_NAME = 'ece.company.test';
const OWN_ADDRESS = '10.9.0.10';
const COLLECTOR = { host: '10.9.0.20', port: 8443 };
/** Microsoft's once; nobody is there any more. */
export const STALE_ADDRESS = '52.97.1.99';
const ADDRESSES = { a: MAIL_4 };
const SIGN_IN = { a: SIGN_IN_4 };
/** Resolvers that go wrong in their own ways. */
export const ODD_RESOLVERS = { stale: '10.9.0.61', slow: '10.9.0.62', long: '10.9.0.63', half: '10.9.0.64' };
const { stale, slow, long, half } = ODD_RESOLVERS;

const LAYOUT: Layout = {
  names: {
    [WRONG_NAME]: ADDRESSES,
    'smtp.office365.com': ADDRESSES,
    'login.microsoftonline.com': SIGN_IN,
    'login.microsoft.com': SIGN_IN,
    [OWN_NAME]: { a: [OWN_ADDRESS] },
  },
  hosts: [...SIGN_IN_4, OWN_ADDRESS],
  collectors: [COLLECTOR],
  nameServers: [
    { address: stale, but: { [WRONG_NAME]: { a: [STALE_ADDRESS] } } },
    { address: slow, but: {}, delayMs: 1_700 },
    // The answer is too long for UDP, and nobody listens on TCP 53.
    { address: long, but: { [WRONG_NAME]: { ...ADDRESSES, truncated: true } } },
    { address: half, but: { [WRONG_NAME]: { ...ADDRESSES, aaaa: 'silent' } } },
  ],
};

const TASKS: readonly Task[] = [
  ...standardTasks('worldwide'),
  { check: 'https.external-url', target: { name: 'external-url', host: OWN_NAME, port: 443 } },
];
/** What does not answer costs so much, on the server with the fault. */
const DEADLINE_MS = 5_000;
/** Who gets through does not wait for it, on a machine that is busy least of all. */
const AMPLE_MS = 20_000;
const EVERY_SECONDS = 60;
/** As many earlier rounds as the API has at hand. */
const PAST_ROUNDS = 8;
/** Said of the authority of these certificates, which these machines alone know, and of roots: on all alike, always. */
const ALWAYS = ['tls.other-issuer', 'tls.roots-needed'];

interface Agent {
  server: EceServer;
  look: (checkDeadlineMs: number) => Promise<CheckResult[] | null>;
}

/** Three servers that look every minute of a clock that the test moves, and the findings that the API keeps of them. */
export class Field {
  readonly site = new Site(LAYOUT);
  readonly #agents: Agent[] = [];
  readonly #newest = new Map<string, readonly CheckResult[]>();
  readonly #past = new Map<string, (readonly CheckResult[])[]>();
  readonly #heardAt = new Map<string, Date>();
  readonly #since = new Date();
  #known: readonly KnownFinding[] = [];
  #turn = 0;
  #minutes = 0;
  faulty!: EceServer;

  async build(): Promise<void> {
    await this.site.build();
    for (const server of this.site.servers) this.#agents.push(this.#agentOn(server));
  }

  /**
   * Another day, of which nothing is compared with the one before, and two rounds in which all is well. The next server
   * has its turn, so that no fault is bound to a place. Answers what is wrong already.
   */
  async next(): Promise<string[]> {
    this.#past.clear();
    this.faulty = this.site.servers[this.#turn++ % this.site.servers.length] as EceServer;
    await this.round({ isHealed: true });
    return this.round({ isHealed: true });
  }

  /**
   * All servers look, the one with the fault for a short time only; answers the findings that are open or pending after
   * it, such as `open path.loss loss`.
   */
  async round({ isHealed = false } = {}): Promise<string[]> {
    this.#minutes += 1;
    const now = new Date(this.#since.getTime() + this.#minutes * EVERY_SECONDS * 1_000);
    await Promise.all(
      this.#agents.map(async ({ server, look }) => {
        const { link } = server;
        const results = await look(server === this.faulty && !isHealed ? DEADLINE_MS : AMPLE_MS);
        if (results === null) return;
        const before = this.#newest.get(link);
        if (before) this.#past.set(link, [before, ...(this.#past.get(link) ?? [])].slice(0, PAST_ROUNDS));
        this.#newest.set(link, lastLooks(results));
        this.#heardAt.set(link, now);
      }),
    );
    return this.#judge(now);
  }

  /** As the API does when a round has come in. */
  #judge(now: Date): string[] {
    const servers = this.site.servers.map(({ link }, index) => ({
      name: link,
      roles: [index === 0 ? ('services' as const) : ('application' as const)],
      results: this.#newest.get(link) ?? [],
      history: this.#historyOf(link),
    }));
    const agents = servers.map(({ name }) => ({
      server: name,
      lastSeenAt: this.#heardAt.get(name) ?? null,
      connected: this.#heardAt.get(name) === now,
    }));
    const circumstances = silencesOf(agents, { everySeconds: EVERY_SECONDS, since: this.#since, now });
    const newest = servers.flatMap(({ name, results }): NewestResult[] =>
      results.map((result) => ({ serverId: name, result, stale: false })),
    );
    const found = diagnoseSite({ site: { inbound: 'imap', circumstances }, servers });
    const names = new Map(servers.map(({ name }) => [name, name]));
    for (const change of changesOf({
      known: this.#known,
      found,
      newest,
      servers: names,
      isAsked: () => true,
    }))
      this.#known = applied(this.#known, change);
    return this.#known
      .filter(({ state, finding }) => state !== 'closed' && !ALWAYS.includes(finding.rule))
      .map(({ state, finding }) => `${state} ${lineOf(finding)}`);
  }

  /** Rounds of the test follow each other within seconds: earlier ones are told a minute apart, as they are in use. */
  #historyOf(link: string): PastResult[] {
    return (this.#past.get(link) ?? []).flatMap((results, back) =>
      results.map((result) => {
        const at = Date.parse(result.startedAt) - (back + 1) * EVERY_SECONDS * 1_000;
        return { ...pastOf(result), at: new Date(at).toISOString() };
      }),
    );
  }

  #agentOn(server: EceServer): Agent {
    const script = new URL('netns-looker.ts', import.meta.url).pathname;
    const child = server.namespace.start(process.execPath, ['--conditions=source', script], {
      NODE_EXTRA_CA_CERTS: this.site.authority,
      // As the agent has it: look-ups that were given up must not hold up the next.
      UV_THREADPOOL_SIZE: '32',
    });
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    const gone = once(child, 'exit').then(() => {
      throw new Error(`the agent of ${server.link} ended: ${stderr}`);
    });
    gone.catch(() => {});
    const look = async (checkDeadlineMs: number): Promise<CheckResult[] | null> => {
      const order: LookOrder = { tasks: TASKS, checkDeadlineMs, collector: COLLECTOR };
      const said = once(lines, 'line');
      child.stdin?.write(`${JSON.stringify(order)}\n`);
      const [line] = (await Promise.race([said, gone])) as [string];
      return (JSON.parse(line) as Looked).results;
    };
    return { server, look };
  }
}

const lineOf = ({ key, scope, phase, owner }: Finding): string =>
  `${key} on ${scope.servers.join(', ')}: ${phase ?? 'no phase'}, ${owner}`;
