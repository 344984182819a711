import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommanderError } from 'commander';
import { CannotStart } from './cannot-start.ts';
import { readOptions } from './options.ts';
import { type StandIn, startStandIn } from './stand-in.ts';
import { welcome } from './welcome.ts';

/** `npm run stand-in`: a Microsoft 365 on this machine until it is stopped. */
async function run(): Promise<void> {
  const { home, ...options } = readOptions(process.argv.slice(2));
  const folder = resolve(home);
  const standIn = await startStandIn(options);
  stopWhenAsked(standIn);
  const authorityFile = join(folder, 'authority.pem');
  mkdirSync(folder, { recursive: true });
  writeFileSync(authorityFile, standIn.authority.certificate);
  process.stdout.write(welcome(standIn, authorityFile));
  const { addresses, ports, targets, controlUrl } = standIn;
  process.send?.({ event: 'listening', addresses, ports, targets, controlUrl, authorityFile });
}

function stopWhenAsked(standIn: StandIn): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void standIn.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Started by another program that has gone: nobody would ever stop this one.
  if (process.send) process.on('disconnect', stop);
  if (process.connected === false) stop();
}

try {
  await run();
} catch (error) {
  const isHelp = error instanceof CommanderError && error.exitCode === 0;
  const isRefusal = error instanceof CommanderError || error instanceof CannotStart;
  if (!isHelp) {
    if (!isRefusal) throw error;
    process.stderr.write(`stand-in: ${error.message.replace(/^error: /, '')}\n`);
    process.exitCode = 2;
  }
}
