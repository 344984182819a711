import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { CannotRun } from './cannot-run.ts';
import { loadConfig } from './config.ts';
import { textOf } from './log.ts';

/** By number, since a Japanese or German Windows has other names for them. */
const SYSTEM = 'S-1-5-18';
const ADMINISTRATORS = 'S-1-5-32-544';
export const SERVICE_NAME = 'mailpath-agent';

/**
 * The SID of a service's virtual account (`NT SERVICE\name`): 80, and the SHA-1 of the name in upper case and UTF-16 as
 * five numbers, low byte first. It is known before the service exists.
 * Source: learn.microsoft.com, "Service SIDs"; `sc.exe showsid` prints the same.
 */
export function serviceSid(name: string): string {
  const hash = createHash('sha1').update(Buffer.from(name.toUpperCase(), 'utf16le')).digest();
  return ['S-1-5-80', ...[0, 4, 8, 12, 16].map((at) => hash.readUInt32LE(at))].join('-');
}

/** The words for icacls: nothing is inherited, and only these three get in. */
export const accessWords = (folder: string): string[] => [
  folder,
  '/inheritance:r',
  '/grant:r',
  `*${SYSTEM}:(OI)(CI)F`,
  `*${ADMINISTRATORS}:(OI)(CI)F`,
  `*${serviceSid(SERVICE_NAME)}:(OI)(CI)M`,
];

/**
 * Keeps other users of a Windows machine out of the state folder, before the key is written there: below ProgramData
 * everybody may read, and a file's mode means nothing. Elsewhere the folder's mode says it.
 */
export function restrictAccess(folder: string, platform = process.platform): void {
  if (platform !== 'win32') return;
  // Its full path: a bare name would be looked for in the current folder first.
  const icacls = path.win32.join(loadConfig().systemRoot, 'System32', 'icacls.exe');
  try {
    execFileSync(icacls, accessWords(folder), { stdio: 'pipe', windowsHide: true });
  } catch (error) {
    throw new CannotRun(
      {
        en: `the access list of ${folder} cannot be set (${textOf(error)}): run this as an administrator`,
        ja: `${folder} のアクセス制御リストを設定できません (${textOf(error)})。管理者として実行してください`,
      },
      { cause: error },
    );
  }
}
