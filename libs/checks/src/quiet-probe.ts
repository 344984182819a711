import type { Probe } from './check.ts';

/** The same run for one more connection to the same place, one that leaves no trace in the result. */
export function quietly(
  { target, deadline, trust, proxy, over }: Probe,
  { signal, addresses }: { signal: AbortSignal; addresses: Probe['addresses'] },
): Probe {
  return {
    target,
    deadline,
    trust,
    proxy,
    over,
    signal,
    addresses,
    phase: (_, work) => work(),
    record: () => undefined,
    warn: () => undefined,
    beside: (work) => void work.catch(() => undefined),
    credential: null,
    authorize: null,
    reading: null,
    revocation: null,
    measuresRoundTrip: false,
  };
}
