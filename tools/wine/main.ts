// `npm run test:wine`: the installer and the program for Windows under Debian's Wine, against a real API. One line for
// each thing that holds; the first that does not ends it with 1. Needs `npm run build && npm run build:agent` before.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AGENT_VERSION, RELEASE } from '../agent-build/places.ts';
import { DeployedApi } from '../deployed/deployment.ts';
import { GOOD, maker, Upgrades } from '../deployed/upgrades.ts';
import { checks } from './checks.ts';
import { Installation } from './installation.ts';
import { serviceByHand } from './service-by-hand.ts';
import { builtProgram, installer, programOfVersion } from './test-package.ts';
import { Wine } from './wine.ts';

const LATER = '0.1.1';
const FAILING = '0.1.2';

const NOT_SHOWN = [
  'the code kept out of the log of the installation: Wine hides no property (the tables say it, which a spec reads)',
  'accounts and access lists: Wine checks no account, and its icacls does nothing',
  'the console of a real Windows, its code pages, and PowerShell itself (its files are made as it writes them)',
  'the installation rolled back where an enrolment or an upgrade fails: Wine has no rollback',
  'the service stopped by the installer itself: that of Wine asks it to, and does not wait for it',
  'the service manager that starts a killed host again; a restart of the machine',
  'service status where there is no service: sc.exe of Windows ends with 1060, that of Wine with 1',
  'the event log as a person reads it; group policy, SCCM, Intune',
  'Defender, AppLocker, SmartScreen; a program whose two bytes are not changed',
];

const home = mkdtempSync(path.join(os.tmpdir(), 'mailpath-wine-api-'));
const wine = new Wine();
const api = new DeployedApi(home);

async function all(): Promise<void> {
  const built = builtProgram();
  const later = await programOfVersion(LATER);
  const present = installer(built, AGENT_VERSION);
  const next = installer(later, LATER);
  const failing = installer(later, FAILING, true);
  await wine.start();
  await checks(wine, built);
  const site = await api.makeSite('Wine');
  const installation = new Installation(wine, site);
  await installation.enrols(present, maker.publicKey);
  await installation.survivesKills();
  await installation.readsShellFile();
  await api.isLost(site, installation);
  await installation.upgrades(next, LATER, present);
  await new Upgrades(site, installation, api.downloads).run();
  await installation.failsToUpgrade(failing, next, GOOD);
  await installation.isRemoved(next);
  await serviceByHand(wine, site);
  await installation.failsByCode(present);
}

if (!Wine.isInstalled() || !existsSync(path.join(RELEASE, 'mailpath-agent.exe'))) {
  console.error('test:wine: needs wine64 (apt-get install wine wine64) and npm run build:agent before');
  process.exitCode = 2;
} else {
  try {
    await all();
    console.log(`Not shown by Wine:\n${NOT_SHOWN.map((line) => `- ${line}`).join('\n')}`);
  } catch (error) {
    console.error(`test:wine: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    await api.stop();
    wine.remove();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
