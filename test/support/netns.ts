import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { COMPILED } from './compile-cache.ts';

/** Every name begins like this, then comes the process that made it: what a killed run left behind can be told. */
const PREFIX = 'mailpath-';
/** `ip netns exec` lays the files of this folder over those of /etc, for its own process only. */
const ETC = '/etc/netns';

const run = promisify(execFile);

/** A network namespace: a machine of a test, with its own addresses, routes and firewall. */
export class Namespace {
  readonly name: string;
  readonly #children = new Set<ChildProcess>();

  private constructor(name: string) {
    this.name = name;
  }

  static async make(role: string): Promise<Namespace> {
    const namespace = new Namespace(`${PREFIX}${process.pid}-${role}`);
    await run('ip', ['netns', 'add', namespace.name]);
    // Nobody else can have an address in here, so no time goes into asking (RFC 4862, section 5.4).
    await namespace.sysctl('net.ipv6.conf.all.accept_dad=0', 'net.ipv6.conf.default.accept_dad=0');
    await namespace.ip('link set lo up');
    return namespace;
  }

  /** Lines for `ip`, carried out in here. */
  async ip(...lines: string[]): Promise<void> {
    await fed(['ip', '-n', this.name, '-batch', '-'], lines.join('\n'));
  }

  /** The same for IPv6, where the line itself does not tell. */
  async ip6(...lines: string[]): Promise<void> {
    await fed(['ip', '-6', '-n', this.name, '-batch', '-'], lines.join('\n'));
  }

  /** A script for `nft`, carried out in here. */
  async nft(script: string): Promise<void> {
    await fed(['ip', 'netns', 'exec', this.name, 'nft', '-f', '-'], script);
  }

  async sysctl(...settings: string[]): Promise<void> {
    await run('ip', ['netns', 'exec', this.name, 'sysctl', '-qw', ...settings]);
  }

  /** What the file of that name below /etc says to programs in here. */
  etc(file: 'resolv.conf' | 'hosts', text: string): void {
    mkdirSync(join(ETC, this.name), { recursive: true });
    writeFileSync(join(ETC, this.name, file), text);
  }

  /** Takes the file away again; the machine's own is seen. */
  forget(file: 'hosts'): void {
    rmSync(join(ETC, this.name, file), { force: true });
  }

  /** Starts a program in here; it ends with the namespace, if not before. */
  start(command: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', this.name, command, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // Nothing of this machine's own settings, proxies least of all.
      env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...COMPILED, ...env },
    });
    this.#children.add(child);
    child.once('exit', () => this.#children.delete(child));
    return child;
  }

  async remove(): Promise<void> {
    const ends = [...this.#children].map(
      (child) => new Promise((resolve) => child.once('exit', resolve).kill('SIGKILL')),
    );
    await Promise.all(ends);
    await removeByName(this.name);
  }
}

/** Why network namespaces cannot be had on this machine, in one sentence; null when they can. Really makes one. */
export async function whyNoNamespaces(): Promise<string | null> {
  if (process.platform !== 'linux') return 'network namespaces are Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  let tried: Namespace | null = null;
  try {
    await run('nft', ['--version']);
    tried = await Namespace.make('try');
    await tried.ip('link add name a type veth peer name b');
    await tried.nft('table inet t {\n chain c {\n type nat hook prerouting priority -100\n }\n }');
    return null;
  } catch (error) {
    // Any reason is a reason: it stands in the name of what is then skipped.
    const [line = 'no reason given'] = String((error as { stderr?: string }).stderr || error).split('\n');
    return `this machine cannot make a network namespace with nftables: ${line}`;
  } finally {
    await tried?.remove();
  }
}

/** Whether the kernel of this namespace's machine has TUN devices and there is Perl to delay what passes them. */
export async function canDelay(): Promise<boolean> {
  const namespace = await Namespace.make('tun');
  try {
    await namespace.ip('tuntap add dev t0 mode tun');
    await run('perl', ['-MTime::HiRes', '-e', '1']);
    return true;
  } catch {
    // The answer is no, whatever the reason.
    return false;
  } finally {
    await namespace.remove();
  }
}

/**
 * Removes what runs left behind whose process is gone. Nothing of a run that goes on, and nothing of anybody else's.
 */
export async function removeLeftovers(): Promise<void> {
  const { stdout } = await run('ip', ['netns', 'list']);
  for (const [, name = '', pid] of stdout.matchAll(new RegExp(`^(${PREFIX}(\\d+)-\\w+)`, 'gm'))) {
    if (!alive(Number(pid))) await removeByName(name);
  }
}

async function removeByName(name: string): Promise<void> {
  await run('ip', ['netns', 'del', name]);
  rmSync(join(ETC, name), { recursive: true, force: true });
  try {
    if (readdirSync(ETC).length === 0) rmdirSync(ETC);
  } catch {
    // Not there, or somebody else just put something in: both are as they should be.
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: there is no such process.
    return false;
  }
}

function fed([command = '', ...args]: readonly string[], input: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, (error) => (error ? reject(error) : resolve()));
    child.stdin?.end(input);
  });
}
