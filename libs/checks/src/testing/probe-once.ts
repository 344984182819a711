import type { Endpoint } from '@mailpath/protocol';
import { CheckResult } from '@mailpath/protocol';
import type { Check } from '../check.ts';
import type { RoundOptions } from '../round.ts';
import { runRound } from '../run-round.ts';

export interface ProbeOnce extends Omit<Partial<RoundOptions>, 'catalogue' | 'lookUp'> {
  /** What the target's name stands for; without it the target is an address or the system's business. */
  addresses?: readonly string[];
}

/** Runs one check once against this place; the result has passed the protocol's schema. */
export async function probeOnce(
  check: Check,
  { host, port }: Endpoint,
  { addresses, ...options }: ProbeOnce = {},
): Promise<CheckResult> {
  const target = { name: check.target ?? 'added', host, port };
  const [result] = await runRound([{ check: check.id, target }], {
    checkDeadlineMs: 45_000,
    roundDeadlineMs: 50_000,
    ...options,
    ...(addresses ? { lookUp: async () => addresses } : {}),
    catalogue: [check],
  });
  return CheckResult.parse(result);
}

/** The names of the phases, in the order in which they were entered. */
export function phasesOf({ phases }: CheckResult): string[] {
  return phases.map(({ name }) => name);
}
