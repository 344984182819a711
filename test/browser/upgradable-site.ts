import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningApi } from '../support/api.ts';
import { createSite, enrolServer, ScriptedAgent } from '../support/scripted-agent.ts';
import { signedBuild } from '../support/signed-build.ts';

const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** A site whose servers may all be upgraded, by agents that say what a spec has them say. */
export class UpgradableSite {
  #version = '';
  #sha256 = '';

  private constructor(
    readonly siteId: string,
    private readonly downloads: string,
    private readonly agents: ReadonlyMap<string, ScriptedAgent>,
  ) {}

  static async of(api: RunningApi, downloads: string, ...names: string[]): Promise<UpgradableSite> {
    const siteId = await createSite(api, { name: randomUUID() });
    const agents = new Map<string, ScriptedAgent>();
    for (const name of names) {
      const identity = await enrolServer(api, siteId, name);
      const agent = await ScriptedAgent.connect(api.url);
      await agent.sendJoin(identity, { upgrade: { allowed: true, last: null } });
      await agent.next('welcome');
      agents.set(name, agent);
    }
    return new UpgradableSite(siteId, downloads, agents);
  }

  /** Three days from today, by its English name. */
  readonly farDay = DAY_NAMES[(new Date().getUTCDay() + 3) % 7] ?? 'Monday';

  /** Puts a signed build of this version into /downloads. */
  offer(version: string): void {
    const files = signedBuild(version);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.downloads, name), text);
    this.#version = version;
    this.#sha256 = createHash('sha256').update(files['mailpath-agent.cjs']).digest('hex');
  }

  /** Waits until the build is offered to this server, and tells what became of it there. */
  async tell(name: string, state: 'kept' | 'rolled-back', reason: string | null = null): Promise<void> {
    const agent = this.agents.get(name);
    if (!agent) throw new Error(`no server ${name}`);
    await agent.next('upgrade');
    agent.send('upgrade', { version: this.#version, sha256: this.#sha256, state, reason });
  }

  async leave(): Promise<void> {
    await Promise.all([...this.agents.values()].map((agent) => agent.leave()));
  }
}
