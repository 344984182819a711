import { monitorEventLoopDelay } from 'node:perf_hooks';
import { lookAgain, type RoundOptions, runLeased, runRound } from '@mailpath/checks';
import type { CheckResult, Grant, Task } from '@mailpath/protocol';
import { tasksFor } from '../../apps/api/src/fleet/tasks/assignment.ts';
import { tasksOfUser, tokenTask } from '../../apps/api/src/fleet/tasks/mail-tasks.ts';
import { SEED_APPLICATION } from '../../apps/stand-in/src/seed.ts';
import { bringAbout, setUp } from './faults.ts';
import type { Ground } from './ground.ts';
import { onMachine } from './machine.ts';
import { applicationToken, codeFor, leaseFor, refreshTokenFor } from './sign-in.ts';
import { Turns } from './turns.ts';
import { ALL, MAILBOXES, ROLES, SERVICES, type ServerName } from './site.ts';
import type { Recordable } from './situation.ts';

/** What the agents of all servers saw, and what the site is known to be. */
export interface Recording {
  site: {
    inbound: 'imap' | 'pop3';
    tenant: string;
    clientId: string;
    mailboxes: { address: string; user: string }[];
  };
  servers: { name: string; roles: string[]; results: CheckResult[] }[];
}

/** Long enough for a machine that has other work, short enough for what waits for silence. */
const DEADLINES = { checkDeadlineMs: 2_500, roundDeadlineMs: 7_500 };

const SECOND_LOOKS_MS = 5_000;

/** Less than what would be taken for a slow path, where everything has its usual time. */
const DISTURBED_MS = 220;
const NS_PER_MS = 1e6;
const ATTEMPTS = 4;

/** What each server signs in with; made while all is still well. */
type Grants = Map<string, Grant>;

/**
 * Records the situation; anew where this process was kept waiting meanwhile, since that looks like a slow network, and
 * with twice the time for everything, so that what is slow is the machine and not what is seen. `patience` is how many
 * times the usual time it begins with.
 */
export async function record(ground: Ground, situation: Recordable, patience = 1): Promise<Recording> {
  let best: { recording: Recording; disturbance: number } | null = null;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const time = patience * 2 ** (attempt - 1);
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const recording = await recordOnce(ground, situation, time);
    delay.disable();
    const disturbance = delay.max / NS_PER_MS / time;
    if (!best || disturbance < best.disturbance) best = { recording, disturbance };
    if (disturbance < DISTURBED_MS) break;
  }
  if (!best) throw new Error('nothing was recorded');
  return best.recording;
}

/** Brings the situation about and lets all five agents look, side by side. */
async function recordOnce(ground: Ground, { faults }: Recordable, time: number): Promise<Recording> {
  ground.time = time;
  for (const { what } of faults) setUp(ground, what);
  const grants = await signIn(ground);
  for (const { on, what } of faults) await bringAbout(ground, what, on === '*' ? ALL : on);
  await lendApplicationToken(ground, grants);
  const turns = new Turns();
  const servers = await Promise.all(
    ALL.map(async (name) => ({
      name,
      roles: [...ROLES[name]],
      results: await onMachine(ground.outlook(name).machine, () => look(ground, name, grants, turns, time)),
    })),
  );
  const { inbound, clientId } = ground.setUp;
  const site = {
    inbound,
    tenant: ground.standIn.directory.tenant.id,
    clientId,
    mailboxes: mailboxesOf(ground).map(({ address, user }) => ({ address, user })),
  };
  await ground.clear();
  return { site, servers };
}

async function signIn(ground: Ground): Promise<Grants> {
  const grants: Grants = new Map();
  for (const server of ALL)
    for (const { user } of mailboxesFor(ground, server)) {
      if (ground.setUp.appOnly) {
        if (isServices(server)) grants.set(`${server} ${user}`, { kind: 'client-credentials' });
        continue;
      }
      const grant = isServices(server) ? refreshTokenFor(ground, user) : codeFor(ground, user);
      grants.set(`${server} ${user}`, await grant);
    }
  return grants;
}

/** An application server is lent the application's token that a services server has obtained (S50), if one could. */
async function lendApplicationToken(ground: Ground, grants: Grants): Promise<void> {
  const lent = ground.setUp.appOnly ? await applicationToken(ground) : null;
  if (lent === null) return;
  for (const server of ALL.filter((each) => !isServices(each)))
    for (const { user } of mailboxesFor(ground, server)) grants.set(`${server} ${user}`, lent);
}

/**
 * The standing round with its second look, and an order for each user: refresh and use on services servers, the first
 * token on the others.
 */
async function look(
  ground: Ground,
  server: ServerName,
  grants: Grants,
  turns: Turns,
  time: number,
): Promise<CheckResult[]> {
  if (!ground.outlook(server).reports) return [];
  const options = optionsOf(ground, server, time);
  const standing = async () => {
    const seen = await runRound(standingTasks(ground, server), options);
    return [...seen, ...(await lookAgain(seen, { ...options, roundDeadlineMs: SECOND_LOOKS_MS * time }))];
  };
  const leased = async () => {
    const results: CheckResult[] = [];
    for (const { user } of server === 'svc02' ? mailboxesOf(ground).toReversed() : mailboxesOf(ground)) {
      const grant = grants.get(`${server} ${user}`);
      if (!grant) continue;
      const order = () =>
        runLeased(leasedTasks(ground, server, user), leaseFor(ground, user, grant), options);
      // As the API gives them out: no two servers open a mailbox at the same time.
      results.push(...(await (isServices(server) ? turns.take(user, order) : order())));
    }
    return results;
  };
  return (await Promise.all([standing(), leased()])).flat();
}

function optionsOf(ground: Ground, server: ServerName, time: number): RoundOptions {
  const { pins, resolver, trust, proxy, machine, patienceMs } = ground.outlook(server);
  return {
    ...DEADLINES,
    // The round trip is measured only where a check has time for it.
    checkDeadlineMs: time * DEADLINES.checkDeadlineMs + 10 * machine.farMs + patienceMs,
    roundDeadlineMs: time * DEADLINES.roundDeadlineMs + 3 * patienceMs,
    trust,
    revocation: false,
    ...(resolver ?? { pins }),
    ...(proxy ? { proxyFor: () => proxy } : {}),
  };
}

const targetsOf = ({ standIn }: Ground) => ({ cloud: 'worldwide', targets: standIn.targets }) as const;

function standingTasks(ground: Ground, server: ServerName): Task[] {
  const { inbound, tenant, clientId } = ground.setUp;
  const { redirectUri } = SEED_APPLICATION;
  const known = { tenant, clientId, redirectUri, externalUrl: null, extraTargets: [], everySeconds: 300 };
  return tasksFor({ ...targetsOf(ground), ...known, inboundProtocol: inbound }, ROLES[server]);
}

function leasedTasks(ground: Ground, server: ServerName, userName: string): Task[] {
  const { inbound, appOnly } = ground.setUp;
  const grant = appOnly ? 'app-only' : 'delegated';
  const site = { ...targetsOf(ground), inboundProtocol: inbound, grant } as const;
  const mailboxes = mailboxesOf(ground)
    .filter(({ user }) => user === userName)
    .map(({ name, address, roundTrip }) => ({
      ...NO_MORE,
      name,
      address,
      userName,
      roundTrip,
    }));
  const tasks = tasksOfUser(site, ROLES[server], { userName, mailboxes, imapToo: false });
  return isServices(server) || appOnly ? tasks : [tokenTask(site, 'token.redeem', userName), ...tasks];
}

/** Each mailbox, and whose token opens it: with the application's own token nobody's, so that it stands for itself. */
const mailboxesOf = ({ setUp: { appOnly } }: Ground) =>
  MAILBOXES.map((mailbox) => ({ ...mailbox, user: appOnly ? mailbox.address : mailbox.user }));

/** An application server sends as the first alone. */
const mailboxesFor = (ground: Ground, server: ServerName) =>
  isServices(server) ? mailboxesOf(ground) : mailboxesOf(ground).slice(0, 1);

/** What a mailbox of the API has besides; it plays no part here. */
const NO_MORE = {
  id: '',
  siteId: '',
  licence: null,
  imapEnabled: null,
  popEnabled: null,
  smtpAuthEnabled: null,
  createdAt: '',
};

const isServices = (server: ServerName): boolean => SERVICES.includes(server);
