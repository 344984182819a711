import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** What Debian 12 has for building and running images, without a registry of images and without systemd. */
export const NEEDED = ['podman', 'podman-compose', 'runc', 'iptables', 'debootstrap', 'openssl'];

/**
 * Each line answers a refusal: crun 1.8 knows no hybrid cgroups, and without CAP_SYS_RESOURCE the default limits cannot
 * be set.
 */
const CONTAINERS_CONF = `[engine]
runtime = "runc"
[containers]
default_ulimits = ["nofile=10000:10000", "nproc=4096:4096"]
`;
/** Images, containers and networks of its own, which go with the folder. */
const storageConf = (folder: string): string => `[storage]
driver = "overlay"
graphroot = "${path.join(folder, 'storage')}"
runroot = "${path.join(folder, 'run')}"
`;
/** OCI's format has no HEALTHCHECK; RUN needs the chroot where a container may not make namespaces. */
const BUILD = ['--format', 'docker', '--isolation=chroot', '--pull=never', '--network=host', '--layers'];

export class Podman {
  readonly #env: NodeJS.ProcessEnv;

  constructor(folder: string) {
    const settings = path.join(folder, 'containers.conf');
    writeFileSync(settings, CONTAINERS_CONF);
    const storage = path.join(folder, 'storage.conf');
    writeFileSync(storage, storageConf(folder));
    // oxlint-disable-next-line node/no-process-env
    this.#env = { ...process.env, CONTAINERS_CONF: settings, CONTAINERS_STORAGE_CONF: storage };
  }

  /** What it prints; throws with all that it said where it fails. */
  run(program: 'podman' | 'podman-compose', args: readonly string[], cwd?: string): string {
    return execFileSync(program, args, {
      env: this.#env,
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 2 ** 20,
    }).trim();
  }

  build(tag: string, context: string, ...options: string[]): void {
    this.run('podman', ['build', ...BUILD, ...options, '--tag', `localhost/${tag}`, context]);
  }

  /** In bytes, with all layers. */
  size(tag: string): number {
    return Number(this.run('podman', ['image', 'inspect', '--format', '{{.Size}}', `localhost/${tag}`]));
  }

  /** Of a command in a running container: what it prints, or null where it ends with another code than 0. */
  inside(container: string, ...command: string[]): string | null {
    return this.#unlessItFails('exec', container, ...command);
  }

  /** What the health check of compose.yml answers; without systemd nothing else asks it. */
  isHealthy(container: string): boolean {
    return this.#unlessItFails('healthcheck', 'run', container) !== null;
  }

  #unlessItFails(...args: string[]): string | null {
    try {
      return this.run('podman', args);
    } catch {
      return null;
    }
  }
}
