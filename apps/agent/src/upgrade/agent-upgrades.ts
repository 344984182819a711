import { setTimeout as sleep } from 'node:timers/promises';
import type { UpgradeNews, UpgradeOffer, UpgradeReport } from '@mailpath/protocol';
import { below } from '../api-address.ts';
import type { AgentFile } from '../agent-file.ts';
import type { Log } from '../log.ts';
import { fetchFile } from './fetch-file.ts';
import { RoundProof } from './round-proof.ts';
import { startedBy } from './started-by.ts';
import { Upgrader } from './upgrader.ts';
import { PROVE_WITHIN_SECONDS } from './upgrade-setting.ts';

const FETCH_MS = 10 * 60_000;
/** Longer than a person is given to type a device code. */
const QUIET_WITHIN_MS = 16 * 60_000;
const LOOK_EVERY_MS = 250;

export interface AgentUpgradesOptions {
  file: AgentFile;
  stateDir: string;
  /** The version that runs. */
  running: string;
  boot: string;
  log: Log;
  tell: (news: UpgradeNews) => void;
  /** Whether a check runs now. */
  busy: () => boolean;
  /** A newer build waits, and nothing is cut off by a restart now. */
  onRestart: () => void;
}

/** The agent's part in its own upgrades: what it answers to an offer, and how a new build proves itself. */
export class AgentUpgrades {
  readonly #upgrader: Upgrader;
  readonly proof: RoundProof;

  constructor({ file, stateDir, running, boot, log, tell, busy, onRestart }: AgentUpgradesOptions) {
    const { upgrade } = file;
    this.#upgrader = new Upgrader({
      stateDir,
      setting: upgrade
        ? { keys: upgrade.keys, proveWithinSeconds: upgrade.proveWithinSeconds ?? PROVE_WITHIN_SECONDS }
        : null,
      running,
      log,
      fetch: (path, mostBytes) => fetchFile(below(new URL(file.apiUrl), path), mostBytes, FETCH_MS),
      tell,
      onStaged: () => void whenQuiet(busy).then(onRestart),
    });
    this.proof = new RoundProof(boot, () => {
      const starter = startedBy();
      if (!starter?.onTrial) return;
      const news = starter.prove();
      log.info('upgrade kept', { version: news.version });
      tell(news);
    });
    const { last } = this.report();
    if (last) log.info('last upgrade', { version: last.version, state: last.state, reason: last.reason });
  }

  report(): UpgradeReport {
    return this.#upgrader.report();
  }

  offer(offer: UpgradeOffer): void {
    void this.#upgrader.offer(offer);
  }
}

async function whenQuiet(busy: () => boolean): Promise<void> {
  const until = performance.now() + QUIET_WITHIN_MS;
  while (busy() && performance.now() < until) await sleep(LOOK_EVERY_MS);
}
