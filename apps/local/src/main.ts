import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ApiClient, ApiRefusal } from './api-client.ts';
import { type Child, startChild } from './child.ts';
import { comparisonTable, troubleTable } from './comparison-table.ts';
import { loadConfig, readEnvFile } from './config.ts';
import { enrolThisMachine } from './enrol-this-machine.ts';
import { firstRound } from './first-round.ts';
import { localKey } from './local-key.ts';

/** `npm start`: the API, its database and an agent on this machine, one round, and the comparison as text. */
const API_SCRIPT = fileURLToPath(new URL('../../api/dist/main.js', import.meta.url));
const AGENT_SCRIPT = fileURLToPath(new URL('../../agent/dist/main.js', import.meta.url));
const Listening = z.object({ event: z.literal('listening'), url: z.url() });

const children: Child[] = [];
let stopping: Promise<void> | undefined;

/** The agent first, so that what it still holds reaches the API; then the API, which stops its database. */
function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const child of children.toReversed()) await child.stop();
  })();
  return stopping;
}

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

async function run(): Promise<void> {
  readEnvFile();
  const config = loadConfig();
  const home = resolve(config.MAILPATH_HOME);
  mkdirSync(home, { recursive: true });
  // Others may pass through (the database runs as another user when this is root), not look around.
  chmodSync(home, 0o711);
  const { key, isNew } = localKey(join(home, 'api-key'));

  say(`Mailpath starts here; everything it keeps is in ${home}.`);
  const apiChild = startChild(API_SCRIPT, [], join(home, 'api.log'), {
    MAILPATH_HOME: home,
    MAILPATH_PORT: String(config.MAILPATH_PORT),
    MAILPATH_INITIAL_API_KEY: key,
  });
  children.push(apiChild);
  const { url } = Listening.parse(await apiChild.ready);

  const api = new ApiClient(url, key);
  const stateDir = join(home, 'agent');
  const siteId = await enrolThisMachine(api, AGENT_SCRIPT, stateDir);
  const agentChild = startChild(AGENT_SCRIPT, ['run', '--state', stateDir], join(home, 'agent.log'));
  children.push(agentChild);
  await agentChild.ready;

  say('The first round runs: every check of the checklist, from this machine.');
  const comparison = await firstRound(api, siteId);
  say();
  say(comparisonTable(comparison));
  say();
  const trouble = troubleTable(comparison);
  if (trouble) say(`${trouble}\n`);
  say(`API        ${url}/v1   reference: ${url}/docs`);
  say(`API key    ${isNew ? `${key} (shown once; also in` : '(in'} ${join(home, 'api-key')})`);
  say(`Site       ${siteId} "${comparison.siteName}"; rounds go on as scheduled, history is kept.`);
  say('Ctrl-C stops everything.');

  const part = await Promise.race([
    apiChild.ended.then((code) => `the API (exit code ${code}, see ${join(home, 'api.log')})`),
    agentChild.ended.then((code) => `the agent (exit code ${code}, see ${join(home, 'agent.log')})`),
  ]);
  if (!stopping) throw new Error(`A part of Mailpath stopped by itself: ${part}`);
}

function explain(error: unknown): string {
  if (error instanceof ApiRefusal && error.status === 401)
    return 'This database has API keys already, and the one in MAILPATH_HOME/api-key is not among them: put a valid key there, or make one with: npm run api-key -- local';
  return error instanceof Error ? error.message : String(error);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (!stopping) say('\nStopping: agent, API, database.');
    void stopAll().then(() => process.exit(0));
  });

try {
  await run();
} catch (error) {
  // A stop that was asked for breaks whatever was under way; that is no fault to report.
  if (!stopping) {
    process.stderr.write(`Mailpath could not go on: ${explain(error)}\n`);
    process.exitCode = 1;
  }
}
await stopAll();
