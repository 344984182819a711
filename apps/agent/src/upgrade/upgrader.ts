import { UpgradeNews, type UpgradeOffer, type UpgradeReport } from '@mailpath/protocol';
import { textOf, type Log } from '../log.ts';
import { BundleRefused, refuseOtherBytes, refuseUnfit, signedBundle } from './bundle-check.ts';
import { UNKNOWN, UpgradeFolder } from './upgrade-folder.ts';
import type { UpgradeSetting } from './upgrade-setting.ts';

export interface UpgraderOptions {
  stateDir: string;
  /** Null where this machine's administrator has not allowed it. */
  setting: UpgradeSetting | null;
  /** The version that runs. */
  running: string;
  log: Log;
  /** Reads a file of the API, at most so many bytes. */
  fetch: (path: string, mostBytes: number) => Promise<Buffer>;
  tell: (news: UpgradeNews) => void;
  /** A verified build waits: the next start begins with it. */
  onStaged: () => void;
}

/** Answers what the API offers: verified, fetched, verified again, and staged; or refused, with the reason. */
export class Upgrader {
  readonly #options: UpgraderOptions;
  readonly #folder: UpgradeFolder;
  #busy = false;

  constructor(options: UpgraderOptions) {
    this.#options = options;
    this.#folder = new UpgradeFolder(options.stateDir);
  }

  report(): UpgradeReport {
    // A damaged record must not keep the agent out.
    const last = UpgradeNews.safeParse(this.#folder.last);
    return { allowed: this.#options.setting !== null, last: last.success ? last.data : null };
  }

  async offer({ manifest, path }: UpgradeOffer): Promise<void> {
    const { setting, running, log, fetch, tell, onStaged } = this.#options;
    if (!setting || this.#busy)
      return log.warn('upgrade ignored', { reason: setting ? 'busy' : 'not allowed' });
    this.#busy = true;
    let build = { version: '0.0.0', sha256: UNKNOWN };
    try {
      const bundle = signedBundle(manifest, setting.keys);
      build = { version: bundle.version, sha256: bundle.sha256 };
      const last = this.#folder.last;
      // Offered again, since the answer was lost on the path.
      if (last?.sha256 === build.sha256 && (last.state === 'kept' || last.state === 'staged'))
        return tell(last);
      refuseUnfit(bundle, this.#folder.ground(running));
      const code = await fetch(path, bundle.bytes);
      refuseOtherBytes(bundle, code);
      const staged = this.#folder.stage(bundle, manifest, code);
      log.info('upgrade staged', build);
      tell(staged);
      onStaged();
    } catch (error) {
      const reason = textOf(error).slice(0, 300);
      const refused = this.#folder.refuse(build, reason);
      log.warn('upgrade refused', { ...build, reason, verified: error instanceof BundleRefused });
      tell(refused);
    } finally {
      this.#busy = false;
    }
  }
}
