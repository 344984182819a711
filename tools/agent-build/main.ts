// `npm run build:agent`: everything an administrator installs, in dist/agent; `-- --only bundle,linux` for some of it.
import { copyFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle, proveBundle } from './bundle.ts';
import { bundleKeyFile, bundleManifest, publicKeyOf } from './bundle-manifest.ts';
import { writeChecksums } from './checksums.ts';
import { MissingTool } from './debian-tool.ts';
import { linuxExecutable, windowsExecutable } from './executables.ts';
import { deb, rpm } from './linux-packages.ts';
import { msi, msiWithNode, serviceHost } from './msi.ts';
import { AGENT_VERSION, BUNDLE, RELEASE, ROOT } from './places.ts';
import { bom } from './sbom.ts';
import { signingKey } from './signing.ts';

/** In the order in which one needs the other. */
const PARTS: Readonly<Record<string, () => string | Promise<string>>> = {
  bundle: bundled,
  linux: linuxExecutable,
  windows: windowsExecutable,
  host: serviceHost,
  msi,
  'msi-node': msiWithNode,
  deb,
  rpm,
};

async function bundled(): Promise<string> {
  const { packages, notices } = await bundle();
  await proveBundle(packages);
  copyFileSync(BUNDLE, path.join(RELEASE, 'mailpath-agent.cjs'));
  writeFileSync(path.join(RELEASE, 'third-party-notices.txt'), notices);
  writeFileSync(path.join(RELEASE, 'sbom.cdx.json'), `${JSON.stringify(bom(packages), null, 2)}\n`);
  const key = bundleKeyFile();
  if (key !== null) {
    bundleManifest(key);
    console.log(`signed for upgrades by the key ${publicKeyOf(key)}`);
  }
  return BUNDLE;
}

function wanted(args: readonly string[]): string[] {
  const [option, list, ...more] = args;
  const names = list?.split(',') ?? [];
  const known = Object.keys(PARTS);
  if (option === undefined) return known;
  if (option !== '--only' || more.length > 0 || names.length === 0 || !names.every((n) => known.includes(n)))
    throw new Error(`write --only and some of ${known.join(',')}`);
  return known.filter((name) => names.includes(name));
}

/** Builds each part, one line each. What lacks a tool says which, and ends the whole with 1 if it was asked for. */
async function build(args: readonly string[]): Promise<void> {
  const names = wanted(args);
  mkdirSync(RELEASE, { recursive: true });
  const missing = new Set<string>();
  for (const name of names) {
    try {
      const file = (await PARTS[name]?.()) ?? '';
      const size = Math.round(statSync(file).size / 1024);
      const runs = name === 'bundle' ? ', runs alone' : '';
      console.log(`${path.relative(ROOT, file)}: ${size} KiB${runs}`);
    } catch (error) {
      // A part of what was not built is not built either.
      const needed = (error as NodeJS.ErrnoException).code === 'ENOENT' && missing.size > 0;
      if (!(error instanceof MissingTool || (needed && error instanceof Error))) throw error;
      missing.add(name);
      console.log(
        `${name}: left out, ${needed ? `needs ${[...missing].join(' or ')} first` : error.message}`,
      );
    }
  }
  // After a part alone as well: those of before would be wrong.
  const checksums = path.relative(ROOT, writeChecksums());
  if (names.length > 1) console.log(`${checksums}: version ${AGENT_VERSION}`);
  const windows = names.some((name) => /windows|host|msi/.test(name));
  if (windows && !signingKey())
    console.log('unsigned: set MAILPATH_SIGN_CERT and MAILPATH_SIGN_KEY to sign what is for Windows');
  if (missing.size > 0 && args.length > 0) process.exitCode = 1;
}

try {
  await build(process.argv.slice(2));
} catch (error) {
  console.error(`build:agent: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
