import type { Random } from './random.ts';

/** As many of one kind are remembered; the oldest go first. */
const MOST = 40;
/** Which parameter of a path names what an operation answers. */
const NAMED_BY: readonly [path: RegExp, parameter: string][] = [
  [/^\/v1\/api-keys$/, 'keyId'],
  [/^\/v1\/users$/, 'userId'],
  [/^\/v1\/sites$/, 'siteId'],
  [/\/servers$/, 'serverId'],
  [/\/agents$/, 'agentId'],
  [/\/mailboxes$/, 'mailboxId'],
  [/\/results$/, 'resultId'],
  [/\/findings$/, 'findingId'],
  [/\/runs$/, 'runId'],
  [/\/sign-ins$/, 'signInId'],
];
const NONE = '01a20bac-7abe-74ff-a112-9ae128132374';

interface Item {
  id?: string;
  name?: string;
  result?: { id: string };
  authorizeUrl?: string;
}

/** What the answers so far have named, so that later requests can ask for it. */
export class Known {
  readonly #ids = new Map<string, string[]>();
  readonly #siteNames = new Map<string, string>();
  readonly #home: string;

  /** `home` is a site with servers, results and findings, which is never asked to be deleted. */
  constructor(home: string) {
    this.#home = home;
  }

  /** Takes what there is in an answer; `key` of the fuzz itself is never among it, so that it stays valid. */
  learn(url: string, answer: unknown): void {
    const path = url.split('?', 1)[0] ?? '';
    const parameter = NAMED_BY.find(([pattern]) => pattern.test(path))?.[1];
    if (parameter === undefined || answer === null || typeof answer !== 'object') return;
    const { items } = answer as { items?: Item[] };
    if (items && (parameter === 'keyId' || parameter === 'userId')) return;
    const siteId = /^\/v1\/sites\/([^/]+)\//.exec(path)?.[1] ?? '';
    for (const item of items ?? [answer as Item]) {
      const id = item.result?.id ?? item.id;
      if (id === undefined || id === this.#home) continue;
      this.#add(`${siteId} ${parameter}`, id);
      if (parameter === 'siteId' && item.name !== undefined) this.#siteNames.set(id, item.name);
    }
  }

  forgetSite(siteId: string): void {
    this.#ids.set(
      ' siteId',
      (this.#ids.get(' siteId') ?? []).filter((id) => id !== siteId),
    );
  }

  /** Values for the parameters of a path: mostly what is there, and belongs together. */
  namesFor(path: string, random: Random): Record<string, string> {
    const isEnd = path === '/v1/sites/{siteId}';
    const siteId = !isEnd && random.chance(0.5) ? this.#home : this.#any(' siteId', random);
    const of = (parameter: string) => this.#any(`${siteId} ${parameter}`, random);
    const inSite = ['serverId', 'agentId', 'mailboxId', 'resultId', 'findingId', 'runId', 'signInId'];
    return {
      siteId,
      keyId: this.#any(' keyId', random),
      userId: this.#any(' userId', random),
      userName: random.one(['sales@example.com', 'nobody@example.com', '日本@example.com']),
      ...(isEnd && { name: this.#siteNames.get(siteId) ?? 'none' }),
      ...Object.fromEntries(inSite.map((parameter) => [parameter, of(parameter)])),
    };
  }

  #add(kind: string, id: string): void {
    const ids = this.#ids.get(kind) ?? [];
    if (!ids.includes(id)) this.#ids.set(kind, [...ids, id].slice(-MOST));
  }

  #any(kind: string, random: Random): string {
    const ids = this.#ids.get(kind) ?? [];
    return ids.length === 0 || random.chance(0.05) ? NONE : random.one(ids);
  }
}
