import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { holds } from '../held.ts';
import { type LocalApi, startLocalApi } from '../local-api.ts';
import { SiteAtApi, until } from './site-at-api.ts';
import type { Service } from './upgrades.ts';

const HOSTS = [
  'outlook.office365.com',
  'smtp.office365.com',
  'login.microsoftonline.com',
  'graph.microsoft.com',
];

/** Settings with which rounds are over soon: each host of Microsoft is this machine, where nobody listens. */
export function hurried(settings: Record<string, unknown>): Record<string, unknown> {
  const resolve = Object.fromEntries(HOSTS.map((host) => [host, ['127.0.0.1']]));
  return { ...settings, resolve, upgrade: { ...(settings['upgrade'] as object), proveWithinSeconds: 600 } };
}

/** A real API in a folder of its own, with one site. */
export class DeployedApi {
  readonly downloads: string;
  readonly #home: string;
  #api: LocalApi | undefined;

  constructor(folder: string) {
    this.#home = path.join(folder, 'api');
    this.downloads = path.join(folder, 'downloads');
    for (const made of [this.#home, this.downloads]) mkdirSync(made);
  }

  async makeSite(name: string): Promise<SiteAtApi> {
    return SiteAtApi.make(await this.#start(), name);
  }

  /** What the agent sees while the API is gone arrives when it is back. */
  async isLost(site: SiteAtApi, service: Service): Promise<void> {
    const port = Number(new URL(site.api.url).port);
    await this.stop();
    const gone = new Date();
    const rounds = (): number => service.events().filter((event) => event === 'round').length;
    const before = rounds();
    await until('the agent goes on while the API is gone', () => rounds() >= before + 2);
    const back = new Date();
    site.api = await this.#start(port);
    await until('it joins the API that is back', () => site.isConnected());
    await until(
      'which gets what was seen meanwhile',
      async () => (await site.observedBetween(gone, back)) > 0,
    );
    holds('and nothing was dropped', (await site.dropped()) === 0);
  }

  async stop(): Promise<void> {
    await this.#api?.stop();
    this.#api = undefined;
  }

  async #start(port = 0): Promise<LocalApi> {
    this.#api = await startLocalApi(this.#home, { port, env: { MAILPATH_DOWNLOADS: this.downloads } });
    return this.#api;
  }
}
