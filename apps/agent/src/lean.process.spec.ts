import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { AgentProcess } from './testing/agent-process.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

afterAll(removeTempDirs);

/** Runs inside the agent's process, before anything of the agent: writes down what is loaded, whichever way. */
const WITNESS = `
  import { registerHooks } from 'node:module';
  import { appendFileSync } from 'node:fs';
  const note = (url) => appendFileSync(process.env.WITNESS_FILE, url + '\\n');
  registerHooks({ load(url, context, next) { note(url); return next(url, context); } });
`;

async function loadedBy(...args: string[]): Promise<string[]> {
  const file = path.join(tempDir(), 'loaded.txt');
  const witness = `--import=data:text/javascript,${encodeURIComponent(WITNESS)}`;
  await new AgentProcess(args, { NODE_OPTIONS: witness, WITNESS_FILE: file }).ended;
  return readFileSync(file, 'utf8').split('\n');
}

const from = (loaded: readonly string[], name: string): string[] =>
  loaded.filter((url) => url.includes(`/node_modules/${name}/`));

it('loads nothing that only a sign-in needs for a check without credentials', async () => {
  const loaded = await loadedBy('check', '--only', 'imap', '--target', 'imap=127.0.0.1:1');
  // What the witness can see: a package that every command needs, and the check itself.
  expect(from(loaded, 'commander')).not.toEqual([]);
  expect(loaded.some((url) => url.endsWith('/imap-mailbox.check.ts'))).toBe(true);
  const heavy = ['imapflow', 'nodemailer', '@azure/msal-node', '@azure/msal-common'];
  expect(heavy.flatMap((name) => from(loaded, name))).toEqual([]);
});

it.each(['--version', '-V'])('loads no package at all for %s', async (option) => {
  const loaded = await loadedBy(option);
  expect(loaded.some((url) => url.endsWith('/version.ts'))).toBe(true);
  expect(loaded.filter((url) => url.includes('/node_modules/') || url.endsWith('/program.ts'))).toEqual([]);
});
