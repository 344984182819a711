import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AGENT_VERSION } from '../agent-build/places.ts';
import { hurried } from '../deployed/deployment.ts';
import { type SiteAtApi, until } from '../deployed/site-at-api.ts';
import type { Service } from '../deployed/upgrades.ts';
import { holds } from '../held.ts';
import type { Machine } from './machine.ts';

const STATE = '/var/lib/mailpath-agent';
const UNIT = 'mailpath-agent.service';
const MOST_EXPOSED = 1.5;
export const INSTALL = 'DEBIAN_FRONTEND=noninteractive dpkg -i';

/** What the package puts on a Debian, and what its unit does there. */
export class Installation implements Service {
  readonly stateDir: string;
  readonly #machine: Machine;
  readonly #site: SiteAtApi;

  constructor(machine: Machine, site: SiteAtApi) {
    this.#machine = machine;
    this.#site = site;
    this.stateDir = machine.file(STATE);
  }

  installs(deb: string): void {
    this.does('there is no Node', '! command -v node');
    this.does('the package installs', `${INSTALL} ${deb}`);
    this.does('it runs', `[ "$(mailpath-agent --version)" = ${AGENT_VERSION} ]`);
    this.does(
      'it is deaf to NODE_OPTIONS',
      'NODE_OPTIONS=--require=/nonexistent.js mailpath-agent --version',
    );
    this.does('its state folder is its own', `[ "$(stat -c %U:%a ${STATE})" = mailpath-agent:700 ]`);
    this.does('it says that it is not enrolled', 'mailpath-agent status 2>&1 | grep -q "not enrolled"');
    this.does('the unit is enabled', `systemctl is-enabled ${UNIT}`);
    this.does('and waits for the enrolment', `systemctl start ${UNIT} && ! systemctl is-active ${UNIT}`);
    const { said } = this.#machine.run(`systemd-analyze security --no-pager ${UNIT}`);
    const [, exposure] = /Overall exposure level for \S+: ([\d.]+)/.exec(said) ?? [];
    holds(`systemd leaves it an exposure of ${exposure}`, Number(exposure) <= MOST_EXPOSED, said);
  }

  async enrols(upgradeKey: string): Promise<void> {
    const words = `${this.#site.api.url} ${await this.#site.code()} --role services --upgrade-key ${upgradeKey}`;
    this.does('it enrols', `mailpath-agent enrol ${words} --state ${STATE}`);
    this.does('its key is its own', `[ "$(stat -c %U:%a ${STATE}/agent-key.pem)" = mailpath-agent:600 ]`);
    this.writeSettings(hurried(this.readSettings()));
    await this.startsAgain('the service is started');
    this.does(
      'status says that it is connected',
      `mailpath-agent status --state ${STATE} | grep -i connected`,
    );
  }

  async survivesKill(): Promise<void> {
    const main = (): string => this.#machine.run(`systemctl show ${UNIT} -p MainPID --value`).said;
    const before = main();
    this.does('the agent is killed', `kill -9 ${before}`);
    await until('systemd starts it again', () => main() !== before && main() !== '0');
    await until('and it joins again', () => this.#site.isConnected());
  }

  async stops(): Promise<void> {
    this.does('the service stops', `systemctl stop ${UNIT} && ! systemctl is-active ${UNIT}`);
    await until('and its agent said so first', () => this.events().at(-1) === 'stopped');
  }

  async startsAgain(what: string): Promise<void> {
    this.does(what, `systemctl start ${UNIT}`);
    await until('and the agent joins', () => this.#site.isConnected());
  }

  /** Another version over it, later or earlier: the service goes on as that version, and as the same server. */
  async becomes(what: string, deb: string, version: string): Promise<void> {
    const kept = (): string =>
      ['agent.json', 'agent-key.pem'].map((name) => readFileSync(path.join(this.stateDir, name))).join();
    const [before, [server]] = [kept(), await this.#site.servers()];
    this.does(what, `${INSTALL} ${deb}`);
    await until('the service is back, as that version', () => this.#site.isConnected(version));
    const servers = await this.#site.servers();
    holds('as the same server', servers.length === 1 && servers[0]?.id === server?.id, servers);
    holds('with the key and the settings that it had', kept() === before);
  }

  /** As a tool that sets up machines does it: settings first, then the package; nothing is typed afterwards. */
  async installsWithSettings(deb: string): Promise<void> {
    const given = '/etc/default/mailpath-agent-enrol';
    const refused = `MAILPATH_API=${this.#site.api.url} MAILPATH_ENROLMENT_CODE=AAAAA-AAAAA-AAAAA-AAAAA-AAAAAA`;
    this.does('settings whose code is refused fail the installation', `! ${refused} ${INSTALL} ${deb}`);
    const settings = `MAILPATH_API=${this.#site.api.url}\\nMAILPATH_ENROLMENT_CODE=${await this.#site.codeOfServer()}\\n`;
    this.does('settings are put there', `umask 077 && printf '${settings}' > ${given}`);
    this.does('the package is configured with them', 'dpkg --configure mailpath-agent');
    await until('and joins by itself', () => this.#site.isConnected(AGENT_VERSION));
    this.does('the code is gone', `[ ! -e ${given} ]`);
    this.does('it is purged again', 'dpkg -P mailpath-agent');
  }

  async isRemoved(deb: string): Promise<void> {
    this.does('it is removed', 'dpkg -r mailpath-agent && ! command -v mailpath-agent');
    await until('its agent has ended', async () => !(await this.#site.isConnected()));
    this.does('nothing of it runs', `! systemctl is-active ${UNIT} && ! pgrep -u mailpath-agent`);
    this.does('it keeps its state then', `[ -f ${STATE}/agent.json ] && [ -f ${STATE}/agent-key.pem ]`);
    this.does('it is installed again', `${INSTALL} ${deb}`);
    await until('and goes on as the server that it was', () => this.#site.isConnected());
    this.does('it is purged', 'dpkg -P mailpath-agent');
    this.does('which leaves no user', '! getent passwd mailpath-agent && ! getent group mailpath-agent');
    const left = this.#machine.run(
      'find / -xdev -name "*mailpath*" -not -path "/root/*" -not -path "/var/log/*"',
    );
    holds('and no file', left.said === '', left);
  }

  events(): string[] {
    const { said } = this.#machine.run(`journalctl -u ${UNIT} -o cat --no-pager`);
    // systemd's own lines, and those of a build that crashes, are no JSON.
    return said
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => (JSON.parse(line) as { event: string }).event);
  }

  readSettings(): Record<string, unknown> {
    return JSON.parse(readFileSync(path.join(this.stateDir, 'agent.json'), 'utf8')) as Record<
      string,
      unknown
    >;
  }

  writeSettings(settings: object): void {
    writeFileSync(path.join(this.stateDir, 'agent.json'), JSON.stringify(settings));
  }

  /** One line of shell that must end with 0. */
  does(what: string, line: string): void {
    const ended = this.#machine.run(line);
    holds(what, ended.code === 0, ended);
  }
}
