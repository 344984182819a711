import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AGENT_VERSION } from '../agent-build/places.ts';
import { hurried } from '../deployed/deployment.ts';
import { type SiteAtApi, until } from '../deployed/site-at-api.ts';
import type { Service } from '../deployed/upgrades.ts';
import { holds } from '../held.ts';
import { asRedirected, ofShell } from './shell-file.ts';
import type { Ended, Wine } from './wine.ts';

export const STATE = 'C:\\ProgramData\\Mailpath 状態';
const PROGRAM = 'C:\\Program Files\\Mailpath Agent\\mailpath-agent.exe';
const PRODUCTS = String.raw`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall`;
const SERVICE = String.raw`HKLM\SYSTEM\CurrentControlSet\Services\mailpath-agent`;
/** Not the one that it has unless another is given. */
const ACCOUNT = String.raw`NT AUTHORITY\LocalService`;
const OURS = String.raw`HKLM\SOFTWARE\Mailpath\Agent`;
/** What the installer puts on one Windows, and what it does there. */
export class Installation implements Service {
  readonly stateDir: string;
  readonly #wine: Wine;
  readonly #site: SiteAtApi;

  constructor(wine: Wine, site: SiteAtApi) {
    this.#wine = wine;
    this.#site = site;
    this.stateDir = wine.file(STATE);
  }

  /** As SCCM, GPO and Intune send it: one silent line with properties. */
  async enrols(msi: string, upgradeKey: string): Promise<void> {
    const installed = await this.#install(
      msi,
      `CODE=${await this.#site.code()}`,
      'ROLES=services',
      // As a person types a folder; it is remembered so for the upgrades.
      `STATE=${STATE}\\`,
      `UPGRADEKEY=${upgradeKey}`,
      `ACCOUNT=${ACCOUNT}`,
    );
    holds(
      'the installer runs in silence and enrols',
      installed.code === 0 && this.#has('agent.json'),
      installed,
    );
    const [server] = await this.#site.servers();
    holds('with the roles of the command line', server?.roles.join() === 'services', server);
    await this.#hasAccount();
    await until('the service starts, and the agent joins', () => this.#site.isConnected(AGENT_VERSION));
  }

  async survivesKills(): Promise<void> {
    const [agent = 0] = this.#wine.processes('mailpath-agent.exe');
    process.kill(agent, 'SIGKILL');
    await until('a killed agent is started again', () =>
      this.#wine.processes('mailpath-agent.exe').some((pid) => pid !== agent),
    );
    await until('and joins again', () => this.#site.isConnected());
    const [host = 0] = this.#wine.processes('mailpath-service.exe');
    process.kill(host, 'SIGKILL');
    await until(
      'the agent ends with its host',
      () => this.#wine.processes('mailpath-agent.exe').length === 0,
    );
    await until('which the API sees', async () => !(await this.#site.isConnected()));
    await this.startsAgain('the service is started by hand');
    await this.stops();
  }

  async stops(): Promise<void> {
    const stopped = await this.#wine.run('net', 'stop', 'mailpath-agent');
    holds('the service stops', stopped.code === 0, stopped);
    await until('and its agent said so first', () => this.events().at(-1) === 'stopped');
  }

  async startsAgain(what: string): Promise<void> {
    await until(what, async () => (await this.#wine.run('net', 'start', 'mailpath-agent')).code === 0);
    await until('and the agent joins', () => this.#site.isConnected());
  }

  /** agent.json as an administrator changes it in PowerShell 5.1; the service is started again with it. */
  async readsShellFile(): Promise<void> {
    this.writeSettings(hurried(this.readSettings()));
    await this.startsAgain('the service starts with agent.json in UTF-16');
  }

  readSettings(): Record<string, unknown> {
    return JSON.parse(ofShell(readFileSync(path.join(this.stateDir, 'agent.json')))) as Record<
      string,
      unknown
    >;
  }

  writeSettings(settings: object): void {
    writeFileSync(path.join(this.stateDir, 'agent.json'), asRedirected(JSON.stringify(settings, null, 4)));
  }

  /** A later version over the earlier one, without properties; `msi` is the later one, `earlier` is refused then. */
  async upgrades(msi: string, version: string, earlier: string): Promise<void> {
    const before = this.#kept();
    const [server] = await this.#site.servers();
    const upgraded = await this.#msiexec('/i', msi);
    holds('a later version is installed over it', upgraded.code === 0, upgraded);
    await until('the service is back, as that version', () => this.#site.isConnected(version));
    const servers = await this.#site.servers();
    holds('as the same server', servers.length === 1 && servers[0]?.id === server?.id, servers);
    holds('with the key and the settings that it had', this.#kept() === before);
    await this.#hasAccount();
    await this.#isListed(version);
    const older = await this.#wine.run('msiexec', '/i', earlier, '/qn');
    holds('the earlier version is refused then', older.code !== 0, older);
    holds('and changes nothing', (await this.#site.isConnected(version)) && this.#kept() === before);
    await this.#isListed(version);
  }

  /** An upgrade that fails at its very end. */
  async failsToUpgrade(msi: string, present: string, version: string): Promise<void> {
    const before = this.#kept();
    const failed = await this.#msiexec('/i', msi);
    holds('an upgrade that fails says so', failed.code !== 0, failed);
    holds('and leaves key and settings', this.#kept() === before);
    // Windows would have put it back by itself; Wine cannot.
    const again = await this.#msiexec('/i', present, `STATE=${STATE}`);
    holds('the version before is installed again, without a code', again.code === 0, again);
    await until('and joins as the server that it was', () => this.#site.isConnected(version));
  }

  async isRemoved(msi: string): Promise<void> {
    const removed = await this.#msiexec('/x', msi);
    holds('it is removed', removed.code === 0 && !existsSync(this.#wine.file(PROGRAM)), removed);
    holds('its state stays', this.#has('agent.json') && this.#has('agent-key.pem'));
    const service = await this.#wine.run('sc', 'query', 'mailpath-agent');
    holds('the service is gone', service.code !== 0, service);
    holds('nothing of it runs', this.#wine.processes('mailpath-agent.exe').length === 0);
    const registry = await this.#wine.run('reg', 'query', OURS);
    holds('its key in the registry is gone', registry.code !== 0, registry);
    await this.#isListed(null);
  }

  /** Last of all: what a failed installation has put there, Wine does not take away. */
  async failsByCode(msi: string): Promise<void> {
    const state = 'C:\\ProgramData\\Mailpath 拒否';
    const wrong = await this.#install(msi, 'CODE=AAAAA-AAAAA-AAAAA-AAAAA-AAAAAA', `STATE=${state}`);
    const isEnrolled = existsSync(this.#wine.file(`${state}\\agent.json`));
    holds('an installation whose code is refused fails', wrong.code !== 0 && !isEnrolled, wrong);
    await this.#isListed(null);
  }

  /** The events of the agent's log, which the host keeps; looked for, as Wine's services have other folders. */
  events(): string[] {
    // find follows no link: one of Wine's leads to all of this machine.
    const found = execFileSync('find', [this.#wine.file('C:\\'), '-name', 'agent.log'], { encoding: 'utf8' });
    const [file = ''] = found.split('\n');
    if (file === '') return [];
    const lines = readFileSync(file, 'utf8').split('\n');
    // A build that crashes writes no JSON.
    return lines
      .filter((line) => line.startsWith('{'))
      .map((line) => (JSON.parse(line) as { event: string }).event);
  }

  #install(msi: string, ...properties: string[]): Promise<Ended> {
    return this.#msiexec('/i', msi, `API=${this.#site.api.url}`, ...properties);
  }

  /**
   * Wine's installer asks the service to stop, and goes on at once: whether it then finds the programs in use would be
   * a matter of luck. That of Windows waits.
   */
  async #msiexec(action: '/i' | '/x', msi: string, ...properties: string[]): Promise<Ended> {
    await this.#wine.run('net', 'stop', 'mailpath-agent');
    const runs = (program: string): boolean => this.#wine.processes(program).length > 0;
    await until(
      'nothing of it runs while the installer does',
      () => !runs('mailpath-service.exe') && !runs('mailpath-agent.exe'),
    );
    return this.#wine.run('msiexec', action, msi, '/qn', ...properties);
  }

  async #hasAccount(): Promise<void> {
    const { stdout } = await this.#wine.run('reg', 'query', SERVICE, '/v', 'ObjectName');
    holds('the service has the account that was given', stdout.includes(ACCOUNT), stdout);
  }

  #has(name: string): boolean {
    return existsSync(path.join(this.stateDir, name));
  }

  #kept(): string {
    return ['agent.json', 'agent-key.pem']
      .map((name) => readFileSync(path.join(this.stateDir, name), 'hex'))
      .join();
  }

  /** In the list of programs, of which an upgrade leaves one. */
  async #isListed(version: string | null): Promise<void> {
    const { stdout } = await this.#wine.run('reg', 'query', PRODUCTS, '/s');
    const count = (stdout.match(/DisplayName\s+REG_SZ\s+Mailpath Agent/g) ?? []).length;
    if (version === null) return holds('the list of programs has it no more', count === 0, stdout);
    const isRight = count === 1 && new RegExp(`DisplayVersion\\s+REG_SZ\\s+${version}\\b`).test(stdout);
    holds(`the list of programs has it once, as ${version}`, isRight, stdout);
  }
}
