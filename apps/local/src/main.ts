import { join, resolve } from 'node:path';
import { ApiClient, ApiRefusal } from './api-client.ts';
import { comparisonTable } from './comparison-table.ts';
import { loadConfig, readEnvFile } from './config.ts';
import { dashboardLink } from './dashboard-link.ts';
import { enrolThisMachine } from './enrol-this-machine.ts';
import { findingsList } from './findings-list.ts';
import { SETTINGS } from './command-line.ts';
import { launch, localScreen, say } from './launch.ts';
import { makeHome } from './local-home.ts';
import { localKey } from './local-key.ts';
import { oneRound } from './one-round.ts';
import { openFindings } from './open-findings.ts';
import type { Parts } from './parts.ts';

/** `npm start`: the API, its database and an agent on this machine, one round, and the comparison as text. */
const DEFAULT_PORT = 8025;

async function run(parts: Parts): Promise<void> {
  readEnvFile();
  const config = loadConfig();
  const home = resolve(config.MAILPATH_HOME);
  makeHome(home);
  const { key, isNew } = localKey(join(home, 'api-key'));

  say(`Mailpath starts here; everything it keeps is in ${home}.`);
  const url = await parts.startApi(join(home, 'api.log'), {
    MAILPATH_HOME: home,
    MAILPATH_PORT: String(config.MAILPATH_PORT ?? DEFAULT_PORT),
    MAILPATH_INITIAL_API_KEY: key,
    MAILPATH_ALLOW_NETWORKS: config.MAILPATH_ALLOW_NETWORKS,
  });

  const screen = localScreen(config.MAILPATH_LANG);
  const api = new ApiClient(url, key, config.MAILPATH_LANG);
  const dashboard = await dashboardLink(api);
  say(`Dashboard  ${dashboard} (signs you in once)\n`);
  const [stateDir, logFile] = [join(home, 'agent'), join(home, 'agent.log')];
  const siteId = await enrolThisMachine(parts, api, { stateDir, logFile });
  await parts.startAgent('the agent', stateDir, logFile);

  say('The first round runs: every check of the checklist, from this machine.');
  const comparison = await oneRound(api, siteId);
  say();
  say(comparisonTable(comparison, screen));
  say();
  if (comparison.rows.some(({ cells }) => cells.some(({ outcome }) => outcome === 'fail'))) {
    say('What failed is looked at once more, alone.\n');
    const findings = findingsList(await openFindings(api, siteId), screen);
    if (findings) say(`${findings}\n`);
  }
  say(`Dashboard  ${url}/`);
  say(`API        ${url}/v1   reference: ${url}/docs`);
  say(`API key    ${isNew ? `${key} (shown once; also in` : '(in'} ${join(home, 'api-key')})`);
  say(`Site       ${siteId} "${comparison.siteName}"; rounds go on as scheduled, history is kept.`);
  say('Ctrl-C stops everything.');
  await parts.untilStopped();
}

function explain(error: Error): string {
  if (error instanceof ApiRefusal && error.status === 401)
    return 'This database has API keys already, and the one in MAILPATH_HOME/api-key is not among them: put a valid key there, or make one with: npm run api-key -- local';
  return error.message;
}

await launch(run, {
  usage: {
    command: 'npm start',
    does: {
      en: 'Starts API, database and an agent on this machine, shows a first round, and runs until Ctrl-C.',
      ja: 'このマシンで API、データベース、エージェントを起動し、最初のラウンドを表示して、Ctrl-C まで動作します。',
    },
    flags: {},
    settings: SETTINGS,
  },
  stopping: 'Stopping: agent, API, database.',
  explain,
});
