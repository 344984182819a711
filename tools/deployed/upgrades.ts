import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newMaker, signedBuild } from '../../test/support/signed-build.ts';
import { bundleOfVersion } from '../agent-build/bundle.ts';
import { holds } from '../held.ts';
import { type SiteAtApi, until } from './site-at-api.ts';

export const GOOD = '0.2.0';
/** A build that runs and proves nothing; each has bytes of its own, since those that failed are known again. */
const standsStill = (words: string): string => `setInterval(() => {}, 1000) // ${words}`;

export const maker = newMaker();

/** The service of one agent, on whatever system. */
export interface Service {
  /** Its state folder, as this machine reaches it. */
  readonly stateDir: string;
  stops(): Promise<void>;
  startsAgain(what: string): Promise<void>;
  /** agent.json as it stands there, and written anew as an administrator writes it on that system. */
  readSettings(): Record<string, unknown>;
  writeSettings(settings: object): void;
  /** The events of its log so far. */
  events(): string[];
}

/** Upgrades from the API: one that is kept, and each kind that is not. */
export class Upgrades {
  readonly #site: SiteAtApi;
  readonly #service: Service;
  readonly #downloads: string;

  /** `downloads`: the folder that the API hands out. */
  constructor(site: SiteAtApi, service: Service, downloads: string) {
    this.#site = site;
    this.#service = service;
    this.#downloads = downloads;
  }

  async run(): Promise<void> {
    const good = signedBuild(GOOD, await bundleOfVersion(GOOD), maker);
    this.#offer(good);
    await this.#site.upgrade('a good build', 'done', 'kept', null);
    await until('which runs', () => this.#site.isConnected(GOOD));
    holds('the same is begun for nobody', await this.#site.refusesToUpgrade());
    this.#offer(signedBuild('0.1.9', standsStill('older'), maker));
    holds('an older one is begun for nobody', await this.#site.refusesToUpgrade());
    this.#offer(signedBuild('0.3.0', standsStill('of another maker')));
    await this.#site.upgrade('signed by another key', 'halted', 'refused', 'wrong signature');
    await this.#otherBytes();
    this.#offer(signedBuild('0.3.1', `throw new Error('planted')`, maker));
    await this.#site.upgrade('a build that crashes', 'halted', 'rolled-back', 'not proved in 3 starts');
    await until('the one before runs', () => this.#site.isConnected(GOOD));
    await this.#site.upgrade('the same crashing build again', 'halted', 'refused', 'failed here before');
    await this.#putThere(
      'an older build in the state folder',
      signedBuild('0.1.9', standsStill('older'), maker),
    );
    await this.#putThere('the kept build, replayed', good);
    const expired = signedBuild('0.3.2', standsStill('expired'), maker, {
      expiresAt: '2026-01-01T00:00:00Z',
    });
    await this.#putThere('a statement that expired', expired, 'expired');
    await this.#unproved();
    holds('no result of all this was dropped', (await this.#site.dropped()) === 0);
  }

  /** Signed is one file, and served is another; the agent comes when both lie there. */
  async #otherBytes(): Promise<void> {
    const what = 'other bytes than were signed';
    await this.#service.stops();
    this.#offer(signedBuild('0.3.0', standsStill('as signed'), maker));
    const id = await this.#site.beginUpgrade();
    this.#offer({ 'mailpath-agent.cjs': standsStill('as served') });
    await this.#service.startsAgain('the service is started');
    await this.#site.upgradeEnds(what, id, 'halted', 'refused', 'wrong digest');
  }

  /** Whoever may write into the state folder can put back what was once signed: it is not begun with. */
  async #putThere(what: string, files: Record<string, string>, reason = 'not newer than'): Promise<void> {
    await this.#service.stops();
    const folder = path.join(this.#service.stateDir, 'upgrade');
    const next = path.join(folder, 'next');
    mkdirSync(next, { recursive: true });
    writeFileSync(path.join(next, 'agent.cjs'), files['mailpath-agent.cjs'] ?? '');
    writeFileSync(path.join(next, 'manifest.json'), files['mailpath-agent.manifest.json'] ?? '');
    await this.#service.startsAgain(`${what}: the service is started`);
    const { last } = JSON.parse(readFileSync(path.join(folder, 'record.json'), 'utf8')) as {
      last: { state: string; reason: string };
    };
    const isOut = last.state === 'rolled-back' && last.reason.includes(reason);
    holds(`${what}: not begun with, "${reason}"`, isOut && (await this.#site.isConnected(GOOD)), last);
    // Made by another user than the agent's it may stay, and keeps nobody from starting.
    rmSync(next, { recursive: true, force: true });
  }

  async #unproved(): Promise<void> {
    await this.#service.stops();
    const settings = this.#service.readSettings();
    // It never proves itself: any time is long enough.
    const upgrade = { ...(settings['upgrade'] as object), proveWithinSeconds: 2 };
    this.#service.writeSettings({ ...settings, upgrade });
    await this.#service.startsAgain('the service is started');
    this.#offer(signedBuild('0.3.3', standsStill('unproved'), maker));
    await this.#site.upgrade('a build that proves nothing', 'halted', 'rolled-back', 'not proved within 2 s');
    await until('the one before runs', () => this.#site.isConnected(GOOD));
  }

  #offer(files: Record<string, string>): void {
    for (const [name, content] of Object.entries(files))
      writeFileSync(path.join(this.#downloads, name), content);
  }
}
