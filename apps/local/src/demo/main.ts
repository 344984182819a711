import { join, resolve } from 'node:path';
import { Checklist, type Comparison } from '@mailpath/protocol';
import { z } from 'zod';
import { ApiClient } from '../api-client.ts';
import { PartFailed } from '../child.ts';
import { SETTINGS } from '../command-line.ts';
import { loadConfig } from '../config.ts';
import { dashboardLink } from '../dashboard-link.ts';
import { launch, localScreen, say } from '../launch.ts';
import { localKey } from '../local-key.ts';
import { oneRound } from '../one-round.ts';
import { openFindings } from '../open-findings.ts';
import type { Parts } from '../parts.ts';
import { type DemoStandIn, startStandIn } from './demo-stand-in.ts';
import { ownFolder } from './own-folder.ts';
import { report } from './report.ts';
import { BROKEN, REDEEMER, SERVERS } from './servers.ts';
import { createSite, installAgent, SHARED_ACCOUNT, signIn } from './site.ts';
import { seconds, step } from './step.ts';
import { score, surprises } from './verdict.ts';

/**
 * `npm run demo`: an ECE installation of five servers, a Microsoft 365 for it, three faults, and what Mailpath says of
 * them.
 */
async function run(parts: Parts, flags: ReadonlySet<string>): Promise<void> {
  const startedAt = performance.now();
  const { MAILPATH_HOME, MAILPATH_PORT = 0, MAILPATH_LANG } = loadConfig();
  say('Mailpath demo: an ECE installation of five servers and a Microsoft 365, all on this machine.\n');
  const folder = ownFolder(parts, resolve(MAILPATH_HOME));
  const { key } = localKey(join(folder, 'api-key'));
  const started = await startBoth(parts, folder, MAILPATH_PORT, key);
  const standIn = started.standIn;
  const api = new ApiClient(started.url, key, MAILPATH_LANG);
  say(`  Dashboard  ${await dashboardLink(api)} (signs you in once)`);
  const siteId = await setUp(parts, folder, api, standIn);

  const first = await step('A first round of all servers, mailboxes included, while all is well', () =>
    firstRound(api, siteId),
  );
  say(`  ${first.well} of ${first.all} results pass`);
  await step('Three faults are switched on', async () => {
    for (const { address, trouble } of BROKEN)
      await standIn.control.put(`/faults/${address}`, { faults: [trouble.fault] });
  });
  for (const { name, trouble } of BROKEN) say(`  ${name}: ${trouble.words}`);
  await step('A round of all servers at the same moment, mailboxes included', () => oneRound(api, siteId));
  const concluded = await step('A second look at what failed, and what follows from all of it', () =>
    openFindings(api, siteId),
  );
  const checklist = await api.get(`/v1/sites/${siteId}/checklist`, Checklist);

  const places = { url: api.url, key, siteId, controlUrl: standIn.control.url };
  say(`\n${report(concluded, checklist, places, localScreen(MAILPATH_LANG))}\n`);
  say(`All of this took ${seconds(startedAt)}.`);
  judge(concluded.comparison);
  if (flags.has('exit')) return;
  say('Ctrl-C stops everything and removes what it kept.');
  await parts.untilStopped();
}

function startBoth(
  parts: Parts,
  folder: string,
  port: number,
  key: string,
): Promise<{ url: string; standIn: DemoStandIn }> {
  const addresses = SERVERS.map(({ address }) => address);
  return step('The API with its database, and the stand-in for Microsoft 365', async () => {
    // What is started first is stopped last.
    const url = await parts.startApi(join(folder, 'api.log'), apiSettings(folder, port, key));
    return { url, standIn: await startStandIn(parts, folder, addresses) };
  });
}

/** Site, agents and the sign-in of the user; answers the site's id. */
async function setUp(parts: Parts, folder: string, api: ApiClient, standIn: DemoStandIn): Promise<string> {
  const siteId = await step(
    'The site "head office": ECE 12.6(1) ES5, IMAP, sales@ and support@ of one account',
    () => createSite(api, standIn),
  );
  const ids = await step(`Agents on ${SERVERS.map(({ name }) => name).join(', ')}`, () =>
    Promise.all(SERVERS.map((server) => installAgent(parts, api, { siteId, folder, standIn }, server))),
  );
  await step(`${SHARED_ACCOUNT} signs in with a browser; ${REDEEMER} redeems the code`, () => {
    const index = SERVERS.findIndex(({ name }) => name === REDEEMER);
    const { address = '' } = SERVERS[index] ?? {};
    return signIn(api, { siteId, standIn }, { serverId: ids[index] ?? '', address });
  });
  return siteId;
}

/** Settings of the caller's own API must not reach this one: its database least of all. */
const apiSettings = (folder: string, port: number, key: string): Record<string, string> => ({
  MAILPATH_HOME: folder,
  MAILPATH_HOST: '127.0.0.1',
  MAILPATH_PORT: String(port),
  MAILPATH_INITIAL_API_KEY: key,
  DATABASE_URL: '',
  MAILPATH_PUBLIC_URL: '',
  MAILPATH_SECRET_KEY: '',
  MAILPATH_ALLOW_NETWORKS: '127.0.0.0/8, ::1/128',
});

const Checks = z.object({ items: z.array(z.object({ id: z.string() })) });

/**
 * Without the check that sends mail: a mailbox is sent two messages a minute at most, and the round that counts needs
 * them.
 */
async function firstRound(api: ApiClient, siteId: string): Promise<{ well: number; all: number }> {
  const { items } = await api.get('/v1/checks', Checks);
  const checks = items.map(({ id }) => id).filter((id) => id !== 'mail.round-trip');
  return score(await oneRound(api, siteId, { checks }));
}

function judge(comparison: Comparison): void {
  const all = surprises(comparison);
  for (const surprise of all) process.stderr.write(`Not as it should be: ${surprise}\n`);
  if (all.length > 0) process.exitCode = 1;
}

await launch(run, {
  usage: {
    command: 'npm run demo',
    does: {
      en: 'Shows five ECE servers, a Microsoft 365 and three faults on this machine, until Ctrl-C.',
      ja: 'このマシンで 5 台の ECE サーバー、Microsoft 365、3 つの障害を再現し、Ctrl-C まで動作します。',
    },
    flags: { exit: { en: 'end when all has been shown', ja: 'すべて表示したら終了する' } },
    settings: SETTINGS,
  },
  stopping: 'Stopping: agents, stand-in, API, database.',
  // Its log goes with the folder.
  explain: (error) => (error instanceof PartFailed ? error.lastWords : error.message),
});
