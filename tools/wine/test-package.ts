import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../agent-build/debian-tool.ts';
import { TABLE_FIXES } from '../agent-build/msi.ts';
import { AGENT_VERSION, PACKAGING, RELEASE, WORK } from '../agent-build/places.ts';

/** Wine 8 has VirtualAlloc2 without placeholders, and V8 dies of it: without the two names it goes another path. */
const HIDDEN = ['VirtualAlloc2\0', 'MapViewOfFile3\0'];

/** The program for Windows with two bytes changed, so that it runs under Wine; for tests alone. */
export function programForWine(folder: string): string {
  const bytes = readFileSync(path.join(RELEASE, 'mailpath-agent.exe'));
  for (const name of HIDDEN) {
    const at = bytes.indexOf(name);
    if (at < 0) throw new Error(`mailpath-agent.exe imports no ${name}`);
    bytes[at + name.length - 2] = 'X'.charCodeAt(0);
  }
  const file = path.join(folder, 'mailpath-agent.exe');
  writeFileSync(file, bytes);
  return file;
}

/** The installer around that program, with the tables of the real one. */
export function installerForWine(): string {
  const folder = path.join(WORK, 'wine');
  mkdirSync(folder, { recursive: true });
  programForWine(folder);
  copyFileSync(path.join(RELEASE, 'mailpath-service.exe'), path.join(folder, 'mailpath-service.exe'));
  copyFileSync(path.join(PACKAGING, 'windows/agent.wxs'), path.join(folder, 'agent.wxs'));
  const file = path.join(folder, 'mailpath-agent.msi');
  run('wixl', ['-a', 'x64', '-D', `Version=${AGENT_VERSION}`, '-o', file, 'agent.wxs'], { cwd: folder });
  run('msibuild', [file, ...TABLE_FIXES.flatMap((statement) => ['-q', statement])]);
  return file;
}
