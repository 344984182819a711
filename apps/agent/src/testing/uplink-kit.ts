import { randomUUID } from 'node:crypto';
import type { Assignment, RunOrder } from '@mailpath/protocol';
import { makeAgentKey } from '../agent-key.ts';
import { agentFacts } from '../facts.ts';
import { KeyRing } from '../key-ring.ts';
import { Outbox } from '../outbox.ts';
import { Uplink } from '../uplink.ts';
import type { UplinkTimings } from '../uplink-options.ts';
import { keptLog } from './log-lines.ts';
import { tempDir } from './temp-dir.ts';

/** Attempts follow at once, so that a spec waits for events and not for time. */
const QUICK: UplinkTimings = { ackMs: 15_000, stableMs: 60_000, retryUnitMs: 1 };

/** A real uplink over a real outbox, aimed at a scripted API. */
export function uplinkTo(url: URL, timings: Partial<UplinkTimings> = {}) {
  const kept = keptLog();
  const boot = randomUUID();
  const agentId = randomUUID();
  const key = makeAgentKey();
  const stateDir = tempDir();
  const outbox = new Outbox({ stateDir, boot, log: kept.log });
  const assignments: Assignment[] = [];
  const orders: RunOrder[] = [];
  const uplink = new Uplink({
    url,
    agentId,
    keys: new KeyRing(stateDir, key, kept.log),
    facts: agentFacts(),
    boot,
    log: kept.log,
    outbox,
    onAssignment: (assignment) => void assignments.push(assignment),
    onOrder: (order) => void orders.push(order),
    timings: { ...QUICK, ...timings },
  });
  return { uplink, outbox, boot, agentId, key, assignments, orders, ...kept };
}
