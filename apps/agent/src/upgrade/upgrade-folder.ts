import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { textOf } from '../log.ts';
import {
  BundleRefused,
  refuseOtherBytes,
  refuseUnfit,
  signedBundle,
  type Ground,
  type SignedBundle,
} from './bundle-check.ts';
import { compareVersions } from '@mailpath/protocol/bundle-signing';

/** A build gets this many starts to prove itself. */
export const STARTS = 3;
const FAILED_KEPT = 50;
/** In place of the digest where a manifest could not even be read. */
export const UNKNOWN = '0'.repeat(64);

export interface Outcome {
  version: string;
  sha256: string;
  state: 'staged' | 'kept' | 'refused' | 'rolled-back';
  reason: string | null;
}

interface UpgradeRecord {
  newest: string | null;
  failed: string[];
  trial: { sha256: string; starts: number } | null;
  last: Outcome | null;
}
const NOTHING: UpgradeRecord = { newest: null, failed: [], trial: null, last: null };

/** A program to run in place of the installed one: the very bytes that were verified. */
export interface Chosen {
  version: string;
  sha256: string;
  code: Buffer;
  /** Where it lies, for stack traces. */
  file: string;
  /** It has yet to prove itself. */
  onTrial: boolean;
}

/**
 * `STATE/upgrade`: `next`, a build on trial; `current`, the one that proved itself last; and what became of all. A
 * build is put into place whole, by one rename.
 */
export class UpgradeFolder {
  readonly #root: string;

  constructor(stateDir: string) {
    this.#root = path.join(stateDir, 'upgrade');
  }

  /** The build to run; null for the installed one, of which `installed` is the version. */
  choose(keys: readonly string[], installed: string, nowMs = Date.now()): Chosen | null {
    return this.#onTrial(keys, installed, nowMs) ?? this.#kept(keys, installed);
  }

  get last(): Outcome | null {
    return this.#record.last;
  }

  /** What a build has to be newer than, and not among. */
  ground(running: string, nowMs = Date.now()): Ground {
    const { newest, failed } = this.#record;
    return { running, newest, failed, nowMs };
  }

  /** Puts a verified build where the next start finds it. */
  stage({ version, sha256 }: SignedBundle, manifest: object, code: Buffer): Outcome {
    const made = path.join(this.#root, `next.${process.pid}.new`);
    rmSync(made, { recursive: true, force: true });
    mkdirSync(made, { recursive: true, mode: 0o700 });
    write(path.join(made, 'agent.cjs'), code);
    write(path.join(made, 'manifest.json'), JSON.stringify(manifest));
    rmSync(this.#path('next'), { recursive: true, force: true });
    renameSync(made, this.#path('next'));
    return this.#note({ version, sha256, state: 'staged', reason: null }, { trial: null });
  }

  /** The build on trial has proved itself. */
  keep({ version, sha256 }: Pick<Outcome, 'version' | 'sha256'>): Outcome {
    rmSync(this.#path('current'), { recursive: true, force: true });
    renameSync(this.#path('next'), this.#path('current'));
    return this.#note({ version, sha256, state: 'kept', reason: null }, { newest: version, trial: null });
  }

  /** It has not; it is not tried again. */
  rollBack(build: Pick<Outcome, 'version' | 'sha256'>, reason: string): Outcome {
    const { version, sha256 } = build;
    // First: what cannot be removed then is known, and is not run.
    const outcome = this.#failed({ version, sha256, state: 'rolled-back', reason });
    this.#discard('next');
    return outcome;
  }

  /** A folder that somebody else made, or that a scanner holds, may stay: that is no reason to run nothing at all. */
  #discard(which: 'next' | 'current'): void {
    try {
      rmSync(this.#path(which), { recursive: true, force: true });
    } catch (error) {
      process.stderr.write(`mailpath-agent: ${this.#path(which)} cannot be removed: ${textOf(error)}\n`);
    }
  }

  /** What was offered is not begun with; the same may be offered again. */
  refuse(build: Pick<Outcome, 'version' | 'sha256'>, reason: string): Outcome {
    return this.#note({ ...build, state: 'refused', reason });
  }

  #onTrial(keys: readonly string[], installed: string, nowMs: number): Chosen | null {
    if (!existsSync(this.#path('next'))) return null;
    let build = { version: installed, sha256: UNKNOWN };
    try {
      const { bundle, code, file } = this.#read('next', keys);
      build = bundle;
      refuseUnfit(bundle, this.ground(this.#runningNow(keys, installed), nowMs));
      const { trial } = this.#record;
      const starts = trial?.sha256 === bundle.sha256 ? trial.starts : 0;
      if (starts >= STARTS) throw new BundleRefused(`not proved in ${STARTS} starts`);
      this.#save({ ...this.#record, trial: { sha256: bundle.sha256, starts: starts + 1 } });
      return { version: bundle.version, sha256: bundle.sha256, code, file, onTrial: true };
    } catch (error) {
      // Whatever is wrong with it, the machine goes on with what it had.
      this.rollBack(build, textOf(error));
      return null;
    }
  }

  #kept(keys: readonly string[], installed: string): Chosen | null {
    if (!existsSync(this.#path('current'))) return null;
    try {
      const { bundle, code, file } = this.#read('current', keys);
      // A package that was installed since then is newer: it takes over.
      if (compareVersions(bundle.version, installed) > 0)
        return { version: bundle.version, sha256: bundle.sha256, code, file, onTrial: false };
    } catch {
      // Damaged, or its key is trusted no more: the installed program is always there.
    }
    this.#discard('current');
    return null;
  }

  #runningNow = (keys: readonly string[], installed: string): string =>
    this.#kept(keys, installed)?.version ?? installed;

  #read(which: 'next' | 'current', keys: readonly string[]) {
    const file = path.join(this.#path(which), 'agent.cjs');
    const manifest: unknown = JSON.parse(readFileSync(path.join(this.#path(which), 'manifest.json'), 'utf8'));
    const bundle = signedBundle(manifest, keys);
    const code = readFileSync(file);
    refuseOtherBytes(bundle, code);
    return { bundle, code, file };
  }

  #failed(outcome: Outcome): Outcome {
    const failed = [...this.#record.failed, outcome.sha256].filter((sha256) => sha256 !== UNKNOWN);
    return this.#note(outcome, { failed: [...new Set(failed)].slice(-FAILED_KEPT), trial: null });
  }

  #note(last: Outcome, changes: Partial<UpgradeRecord> = {}): Outcome {
    this.#save({ ...this.#record, ...changes, last });
    return last;
  }

  get #record(): UpgradeRecord {
    try {
      return { ...NOTHING, ...(JSON.parse(readFileSync(this.#path('record.json'), 'utf8')) as object) };
    } catch {
      // Not there yet, or damaged: what was refused before is then verified once more.
      return NOTHING;
    }
  }

  #save(record: UpgradeRecord): void {
    mkdirSync(this.#root, { recursive: true, mode: 0o700 });
    const made = this.#path(`record.${process.pid}.new`);
    write(made, `${JSON.stringify(record)}\n`);
    renameSync(made, this.#path('record.json'));
  }

  #path(name: string): string {
    return path.join(this.#root, name);
  }
}

/** flush: the content is on disk before the name is. */
const write = (file: string, content: string | Buffer): void =>
  writeFileSync(file, content, { mode: 0o600, flush: true });
