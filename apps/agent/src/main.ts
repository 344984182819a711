#!/usr/bin/env node
import { widenThreadPool } from './thread-pool.ts';
import { startedBy } from './upgrade/started-by.ts';
import { asksForVersion } from './version-option.ts';
import { AGENT_VERSION } from './version.ts';

/**
 * Before anything else is loaded: libuv reads the variable once, when the first work enters its pool, and everything
 * imported below may bring that about. (Tried on Linux: 16 threads named libuv-worker; a spec looks again.)
 */
widenThreadPool();

const NEEDED = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major < NEEDED) {
  process.stderr.write(
    `mailpath-agent: Node ${process.versions.node} is too old: install Node ${NEEDED} or newer, or name one by its full path\n`,
  );
  process.exitCode = 2;
} else if (asksForVersion(process.argv)) {
  process.stdout.write(`${AGENT_VERSION}\n`);
} else {
  // Loaded only now, since an older Node does not know all that it imports. (No top-level await: the one-file build is
  // CommonJS.)
  void start(process.argv.slice(2));
}

async function start(args: readonly string[]): Promise<void> {
  // A build that an upgrade has left, unless this is that build already.
  if (args[0] === 'run' && startedBy() === null) {
    const { bootUpgraded, stateIn } = await import('./upgrade/boot.ts');
    const stateDir = stateIn(args) ?? (await import('./config.ts')).loadConfig().stateDir;
    if (bootUpgraded(stateDir, AGENT_VERSION)) return;
  }
  const { main } = await import('./program.ts');
  await main(args);
}
