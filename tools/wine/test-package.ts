import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleOfVersion } from '../agent-build/bundle.ts';
import { run } from '../agent-build/debian-tool.ts';
import { windowsProgram } from '../agent-build/executables.ts';
import { TABLE_FIXES } from '../agent-build/msi.ts';
import { PACKAGING, RELEASE, WORK } from '../agent-build/places.ts';

/** Wine 8 has VirtualAlloc2 without placeholders, and V8 dies of it: without the two names it goes another path. */
const HIDDEN = ['VirtualAlloc2\0', 'MapViewOfFile3\0'];
const FOLDER = path.join(WORK, 'wine');

/** Deferred and not impersonated, an installed file: its command line ends with 2, which fails the installation. */
const FAILING = 1024 + 2048 + 18;
/** After the service has started: all that an installation does has been done by then. */
const FAILS_LATE = [
  `INSERT INTO CustomAction (Action, Type, Source, Target) VALUES ('Fails', ${FAILING}, 'AgentExe', 'no-such-command')`,
  "INSERT INTO InstallExecuteSequence (Action, Condition, Sequence) VALUES ('Fails', 'NOT REMOVE', 5950)",
];

/** The program with two bytes changed, so that it runs under Wine; for tests alone. */
function forWine(program: Uint8Array): Buffer {
  const bytes = Buffer.from(program);
  for (const name of HIDDEN) {
    const at = bytes.indexOf(name);
    if (at < 0) throw new Error(`mailpath-agent.exe imports no ${name}`);
    bytes[at + name.length - 2] = 'X'.charCodeAt(0);
  }
  return bytes;
}

/** A program for Windows as it is handed on, in a folder of its own with the host beside it. */
export function builtProgram(): string {
  return laidOut('built', readFileSync(path.join(RELEASE, 'mailpath-agent.exe')));
}

/** The same program as another version. */
export async function programOfVersion(version: string): Promise<string> {
  const folder = path.join(FOLDER, version);
  mkdirSync(folder, { recursive: true });
  const bundle = path.join(folder, 'agent.cjs');
  writeFileSync(bundle, await bundleOfVersion(version));
  return laidOut(version, await windowsProgram(bundle, version));
}

function laidOut(name: string, program: Uint8Array): string {
  const folder = path.join(FOLDER, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'mailpath-agent.exe'), forWine(program));
  copyFileSync(path.join(RELEASE, 'mailpath-service.exe'), path.join(folder, 'mailpath-service.exe'));
  copyFileSync(path.join(PACKAGING, 'windows/agent.wxs'), path.join(folder, 'agent.wxs'));
  return folder;
}

/** The installer around the program of that folder, with the tables of the real one: its path as Windows has it. */
export function installer(folder: string, version: string, failsLate = false): string {
  const file = path.join(folder, `mailpath-agent-${version}.msi`);
  rmSync(file, { force: true });
  run('wixl', ['-a', 'x64', '-D', `Version=${version}`, '-o', file, 'agent.wxs'], { cwd: folder });
  const fixes = [...TABLE_FIXES, ...(failsLate ? FAILS_LATE : [])];
  run('msibuild', [file, ...fixes.flatMap((statement) => ['-q', statement])]);
  return `Z:${file.replaceAll('/', '\\')}`;
}
