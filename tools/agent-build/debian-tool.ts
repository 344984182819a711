import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import { SOURCE_DATE_EPOCH } from './places.ts';

/** The Debian package that brings each program a build needs. */
const PACKAGES = {
  strip: 'binutils',
  tar: 'tar',
  'x86_64-w64-mingw32-gcc': 'gcc-mingw-w64-x86-64-win32',
  wixl: 'wixl',
  msibuild: 'msitools',
  msiinfo: 'msitools',
  osslsigncode: 'osslsigncode',
  'dpkg-deb': 'dpkg',
  rpmbuild: 'rpm',
} as const;
export type DebianTool = keyof typeof PACKAGES;

/** A part that cannot be built here, and what would change that. */
export class MissingTool extends Error {
  override readonly name = 'MissingTool';
  constructor(tool: DebianTool) {
    super(`needs ${tool}: apt-get install ${PACKAGES[tool]}`);
  }
}

/** Runs a program of Debian's with a fixed time and locale, and returns what it printed. */
export function run(tool: DebianTool, args: readonly string[], options: ExecFileSyncOptions = {}): string {
  // oxlint-disable-next-line node/no-process-env
  const env = { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC', SOURCE_DATE_EPOCH };
  try {
    return String(execFileSync(tool, args, { stdio: ['ignore', 'pipe', 'pipe'], env, ...options }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new MissingTool(tool);
    const { stderr } = error as { stderr?: Buffer };
    throw new Error(`${tool} failed: ${String(stderr ?? '').trim() || String(error)}`, { cause: error });
  }
}
