// `npm run test:deb`: the package in a clean Debian without Node, under a systemd of its own, against a real API. One
// line for each thing that holds; the first that does not ends it with 1. As root, with podman, runc and debootstrap;
// where podman cannot run systemd it says why, and looks in a chroot at what needs none. Needs `npm run build` and
// `npm run build:agent -- --only bundle,linux,deb` before.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleOfVersion } from '../agent-build/bundle.ts';
import { linuxProgram } from '../agent-build/executables.ts';
import { buildDeb } from '../agent-build/linux-packages.ts';
import { AGENT_VERSION, PACKAGING, RELEASE, WORK } from '../agent-build/places.ts';
import { DeployedApi } from '../deployed/deployment.ts';
import { type SiteAtApi, until } from '../deployed/site-at-api.ts';
import { maker, Upgrades } from '../deployed/upgrades.ts';
import { Installation } from './installation.ts';
import { Machine, whyNoMachine } from './machine.ts';

const LATER = '0.1.1';
const [PRESENT_DEB, LATER_DEB] = ['/root/present.deb', '/root/later.deb'];
const BY_HAND = '/opt/Mailpath 手動';
const STATE_BY_HAND = '/srv/Mailpath 状態';

/** The same package of a later version; packed in a moment, since nobody downloads it. */
async function laterDeb(file: string): Promise<void> {
  const work = path.join(WORK, 'deb-later');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const bundle = path.join(work, 'agent.cjs');
  writeFileSync(bundle, await bundleOfVersion(LATER));
  const program = await linuxProgram(bundle, LATER, path.join(work, 'mailpath-agent'));
  const notices = path.join(RELEASE, 'third-party-notices.txt');
  buildDeb({ program, notices, version: LATER, work: path.join(work, 'root'), file }, ['-Znone']);
}

/** The service for those who put the program there by hand. */
async function serviceByHand(machine: Machine, site: SiteAtApi, installation: Installation): Promise<void> {
  mkdirSync(machine.file(BY_HAND), { recursive: true });
  copyFileSync(path.join(RELEASE, 'mailpath-agent'), machine.file(`${BY_HAND}/mailpath-agent`));
  const agent = `'${BY_HAND}/mailpath-agent'`;
  const state = `--state '${STATE_BY_HAND}'`;
  const does = (what: string, line: string): void => installation.does(what, line);
  does('service status: there is none', `${agent} service status | grep -q 'There is no such service'`);
  const code = await site.codeOfServer();
  does('it enrols by hand', `${agent} enrol ${site.api.url} ${code} ${state}`);
  does('service install', `${agent} service install ${state}`);
  await until('its agent joins', () => site.isConnected(AGENT_VERSION));
  does('service status: it runs', `${agent} service status | grep -q 'The service runs'`);
  does('its agent is killed', 'kill -9 "$(systemctl show mailpath-agent -p MainPID --value)"');
  await until('systemd starts it again', () => site.isConnected());
  does('service uninstall', `${agent} service uninstall | grep -q 'There is no such service'`);
  does('and nothing of it runs', '! systemctl is-active mailpath-agent && ! pgrep -u mailpath-agent');
  does('its state stays', `[ -f '${STATE_BY_HAND}/agent.json' ]`);
}

async function all(machine: Machine, api: DeployedApi): Promise<void> {
  copyFileSync(path.join(RELEASE, 'mailpath-agent.deb'), machine.file(PRESENT_DEB));
  await laterDeb(machine.file(LATER_DEB));
  const site = await api.makeSite('Debian');
  const installation = new Installation(machine, site);
  installation.installs(PRESENT_DEB);
  await installation.enrols(maker.publicKey);
  await installation.survivesKill();
  await api.isLost(site, installation);
  await installation.becomes('a later version is installed over it', LATER_DEB, LATER);
  await installation.becomes('the earlier version is put back', PRESENT_DEB, AGENT_VERSION);
  await new Upgrades(site, installation, api.downloads).run();
  await installation.isRemoved(PRESENT_DEB);
  await installation.installsWithSettings(PRESENT_DEB);
  await serviceByHand(machine, site, installation);
}

function inChroot(reason: string): number {
  console.log(`no systemd by podman here: ${reason}\nWithout it, in a chroot:`);
  return spawnSync(path.join(PACKAGING, 'linux/test-deb.sh'), { stdio: 'inherit' }).status ?? 1;
}

async function main(): Promise<number> {
  if (!existsSync(path.join(RELEASE, 'mailpath-agent.deb'))) {
    console.error('test:deb: needs npm run build:agent -- --only bundle,linux,deb before');
    return 2;
  }
  const missing = whyNoMachine();
  if (missing !== null) return inChroot(missing);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailpath-deb-'));
  const machine = new Machine(folder);
  const api = new DeployedApi(folder);
  try {
    const refused = await machine.start();
    if (refused !== null) return inChroot(refused);
    await all(machine, api);
    return 0;
  } catch (error) {
    console.error(`test:deb: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await api.stop();
    machine.remove();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

process.exitCode = await main();
