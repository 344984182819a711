import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Podman } from '../image/podman.ts';

const NEEDED = ['podman', 'runc', 'debootstrap'];
/** What a server has anyway and the smallest Debian has not; Node is not among it. */
const PACKAGES = ['systemd', 'dbus', 'adduser', 'libstdc++6', 'procps'];

/** Until then a systemd that can run here has booted, however slow the machine is. */
const BOOT_MS = 5 * 60_000;

/** Why no such machine can be had here; null where it can. */
export function whyNoMachine(): string | null {
  if (process.getuid?.() !== 0) return 'it needs root';
  const missing = NEEDED.filter((program) => spawnSync('which', [program]).status !== 0);
  return missing.length === 0 ? null : `it needs ${missing.join(' and ')} (apt-get install)`;
}

/** A clean Debian under a systemd of its own, in a container on this machine's network. */
export class Machine {
  readonly #name = `mailpath-systemd-${process.pid}`;
  readonly #podman: Podman;
  readonly #root: string;

  constructor(folder: string) {
    this.#podman = new Podman(folder);
    this.#root = path.join(folder, 'root');
  }

  /** Null when it runs, otherwise what podman or systemd says against it. */
  async start(): Promise<string | null> {
    const include = `--include=${PACKAGES.join(',')}`;
    execFileSync('debootstrap', ['--variant=minbase', include, 'bookworm', this.#root], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    try {
      // prettier-ignore
      this.#podman.run('podman', ['run', '--detach', '--name', this.#name, '--systemd=always', '--privileged', '--network=host',
        '--rootfs', this.#root, '/lib/systemd/systemd']);
    } catch (error) {
      return String((error as { stderr?: string }).stderr ?? error).trim();
    }
    return this.#boots();
  }

  async #boots(): Promise<string | null> {
    const end = performance.now() + BOOT_MS;
    for (;;) {
      const { said } = this.run('systemctl is-system-running');
      // "degraded": some unit has failed, and none is ours.
      if (/^(?:running|degraded)$/m.test(said)) return null;
      const isUp = this.#podman.run('podman', ['inspect', '--format', '{{.State.Running}}', this.#name]);
      if (isUp !== 'true' || performance.now() > end) return `systemd says ${JSON.stringify(said)}`;
      await sleep(500);
    }
  }

  /** This machine's path of one of its files. */
  file(inside: string): string {
    return path.join(this.#root, inside);
  }

  /** A line for its shell, as root. */
  run(line: string): { code: number; said: string } {
    try {
      return { code: 0, said: this.#podman.run('podman', ['exec', this.#name, 'sh', '-c', line]) };
    } catch (error) {
      const { status, stdout = '', stderr = '' } = error as Record<string, unknown>;
      return { code: Number(status), said: `${String(stdout)}${String(stderr)}`.trim() };
    }
  }

  remove(): void {
    // There is none where it never started.
    this.#podman.run('podman', ['rm', '--force', '--ignore', '--time', '10', this.#name]);
  }
}
