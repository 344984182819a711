import { randomUUID, type KeyObject } from 'node:crypto';
import { readJavaStore } from '@mailpath/checks';
import { Assignment, type AgentFacts } from '@mailpath/protocol';
import type { AgentFile } from './agent-file.ts';
import { allowList } from './allow.ts';
import { socketAddress } from './api-address.ts';
import { KeyRing } from './key-ring.ts';
import { LeasedOrders, type LeasedOrdersOptions } from './leased-orders.ts';
import type { Log } from './log.ts';
import { Outbox, type OutboxOptions } from './outbox.ts';
import { pinMap } from './pins.ts';
import { DEFAULT_POLICY, gateOf } from './policy.ts';
import { proxyRule } from './proxy.ts';
import { tellRefusedSignIn } from './refused-sign-in.ts';
import { Rounds, type RoundsOptions } from './rounds.ts';
import { Schedule } from './schedule.ts';
import { AgentUpgrades } from './upgrade/agent-upgrades.ts';
import { Uplink } from './uplink.ts';
import { Watchdog } from './watchdog.ts';

const TEND_EVERY_MS = 10_000;
/** What arrives within this time is kept by one transaction. */
const GATHER_MS = 200;

export interface AgentOptions {
  file: AgentFile;
  key: KeyObject;
  stateDir: string;
  facts: AgentFacts;
  log: Log;
  /** After every welcome. */
  onJoined?: () => void;
  /** A newer build waits for the next start, and nothing is cut off by one now. */
  onRestart?: () => void;
  /** The checks that orders with a lease may ask for; those of the catalogue by default. */
  leasedCatalogue?: LeasedOrdersOptions['catalogue'];
}

/** The agent at work: its schedule, its outbox, its connection. */
export interface RunningAgent {
  /** Takes no new round, ends the running one, sends what can be sent within `graceMs`, and closes. */
  stop(graceMs: number): Promise<void>;
}

export function startAgent(options: AgentOptions): RunningAgent {
  const { file, key, stateDir, facts, log, onJoined, onRestart, leasedCatalogue: catalogue } = options;
  const boot = randomUUID();
  let stopping = false;
  const onKept = (): void => uplink.flush();
  // For `status`, which is another process.
  const keepLink = (joined: boolean): void =>
    outbox.keep('link', JSON.stringify({ joined, since: new Date().toISOString() }));
  const outbox = openOutbox({ stateDir, boot, log, gatherMs: GATHER_MS, onKept }, file.serverId);
  const policy = file.policy ?? DEFAULT_POLICY;
  const allowed = allowList(file.allow);
  const pins = pinMap(file.resolve);
  /** Of the last result of this boot. */
  let sequence = 0;
  const limits: RoundsOptions = {
    allowed,
    pins,
    gate: gateOf({ allowed, pins, networks: policy.networks }),
    mostChecksAtOnce: policy.mostChecksAtOnce,
    // Anew for each round: an administrator adds a root while the agent runs.
    stores: () => (file.javaStores ?? []).map(({ path, password }) => readJavaStore(path, password)),
    ...(file.proxy === undefined ? {} : { proxyFor: proxyRule(file.proxy) }),
    log,
    onResult(result, runId) {
      sequence += 1;
      tellRefusedSignIn(log, result, runId);
      outbox.add(result, runId);
    },
  };
  const rounds = new Rounds(limits);
  const leased = new LeasedOrders({
    ...limits,
    ...(catalogue && { catalogue }),
    onHandover: (handover, expiresAt) => uplink.handOver(handover, expiresAt),
  });
  const schedule = new Schedule({
    async runRound(assignment) {
      await rounds.scheduled({ ...assignment, secondLookMs: secondLookMs(assignment) });
      if (!stopping) outbox.keep('round', new Date().toISOString());
      upgrades.proof.roundOver(sequence);
    },
    leastEverySeconds: policy.leastEverySeconds,
    isNew: outbox.kept('assignment') === null,
    log,
  });
  const upgrades = new AgentUpgrades({
    file,
    stateDir,
    running: facts.version,
    boot,
    log,
    tell: (news) => uplink.tellUpgrade(news),
    busy: () => rounds.busy || leased.busy,
    onRestart: onRestart ?? (() => undefined),
  });
  const uplink = new Uplink({
    url: socketAddress(new URL(file.apiUrl)),
    agentId: file.agentId,
    keys: new KeyRing(stateDir, key, log),
    facts,
    boot,
    log,
    outbox,
    upgrade: () => upgrades.report(),
    onUpgrade: (offer) => upgrades.offer(offer),
    onAcknowledged: (of, through) => upgrades.proof.acknowledged(of, through),
    onJoined() {
      keepLink(true);
      upgrades.proof.joined();
      onJoined?.();
    },
    onParted: () => keepLink(false),
    onOrder: ({ lease, ...order }) => (lease ? leased.order({ ...order, lease }) : rounds.order(order)),
    onAssignment(assignment) {
      if (!schedule.assign(assignment)) return;
      outbox.keep('assignment', JSON.stringify(assignment));
      log.info('assigned', { ...summaryOf(assignment) });
    },
  });
  // Also while no result comes: a disk that heals, and results that grow too old.
  const tending = setInterval(() => outbox.tend(), TEND_EVERY_MS);
  log.info('started', {
    boot,
    agentId: file.agentId,
    version: facts.version,
    stateDir,
    waiting: outbox.waiting().rows,
    dropped: outbox.waiting().dropped,
  });

  const kept = readAssignment(outbox.kept('assignment'));
  if (kept && schedule.assign(kept)) log.info('assigned', { ...summaryOf(kept), kept: true });
  uplink.start();
  const watchdog = new Watchdog({ stateDir, log, scheduleStuckMs: () => schedule.stuckMs() });

  return {
    async stop(graceMs) {
      stopping = true;
      watchdog.stop();
      schedule.stop();
      rounds.stop();
      leased.stop();
      await uplink.stop(graceMs);
      clearInterval(tending);
      outbox.close();
    },
  };
}

/**
 * What was observed on another server is not this one's to report: a state folder that was enrolled anew begins empty.
 */
function openOutbox(options: OutboxOptions, serverId: string): Outbox {
  const outbox = new Outbox(options);
  const before = outbox.kept('server');
  if (before !== null && before !== serverId) {
    outbox.setAside(`it holds results of server ${before}`);
  }
  if (before !== serverId) outbox.keep('server', serverId);
  return outbox;
}

/** What was kept on disk, if it can still be read. */
export function readAssignment(text: string | null): Assignment | null {
  if (text === null) return null;
  try {
    return Assignment.parse(JSON.parse(text));
  } catch {
    // Kept by another version, or damaged: the API sends it again after the next welcome.
    return null;
  }
}

/** What the interval has left for a second look, so that it does not cost the next round its turn. */
const secondLookMs = ({ everySeconds, roundDeadlineMs }: Assignment): number =>
  Math.max(0, Math.min(roundDeadlineMs, everySeconds * 1_000 - roundDeadlineMs - 500));

const summaryOf = ({ revision, everySeconds, tasks }: Assignment) => ({
  revision,
  everySeconds,
  tasks: tasks.length,
});
