import type { UpgradeOffer } from '@mailpath/protocol';
import type { DetourTimings } from './detour.ts';
import type { KeyRing } from './key-ring.ts';
import type { AfterWelcome, LinkOptions } from './link.ts';
import type { Outbox } from './outbox.ts';

export interface UplinkTimings {
  /** How long a batch may stay without an answer. */
  ackMs: number;
  /** How long a connection must have stood before the next loss counts as the first. */
  stableMs: number;
  /** Unit of the delays between attempts. */
  retryUnitMs: number;
  /** How long the API may be silent before its welcome. */
  patienceMs?: number;
}
export const UPLINK_TIMINGS: UplinkTimings = { ackMs: 15_000, stableMs: 60_000, retryUnitMs: 1_000 };

export interface UplinkOptions extends Pick<
  LinkOptions,
  'url' | 'agentId' | 'facts' | 'upgrade' | 'boot' | 'log'
> {
  keys: KeyRing;
  outbox: Outbox;
  onAssignment: (assignment: Extract<AfterWelcome, { event: 'assignment' }>['data']) => void;
  onOrder: (order: Extract<AfterWelcome, { event: 'run' }>['data']) => void;
  onUpgrade?: (offer: UpgradeOffer) => void;
  onAcknowledged?: (boot: string, sequence: number) => void;
  onJoined?: () => void;
  /** A connection that had been joined has ended. */
  onParted?: () => void;
  /** In [0, 1); spreads the attempts of many agents. */
  random?: () => number;
  timings?: UplinkTimings;
  detourTimings?: DetourTimings;
}
