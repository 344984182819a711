/** What the line between an agent and the API says of its machine's clock; null where nothing. */
export interface AgentClock {
  /** Name of the server. */
  server: string;
  aheadSeconds: number | null;
}

/** A server whose clock differs from the API's by more than tokens and Kerberos bear. */
export interface AgentClockOff {
  kind: 'agent-clock';
  /** Name of the server. */
  server: string;
  /** How far it is ahead of the API's clock, in milliseconds; negative: behind. */
  aheadMs: number;
  /** Whether every other server of the site is off by as much: then it is the API's clock that is likely wrong. */
  alike: boolean;
}

const REFUSED_SECONDS = 300;
/** Two clocks that follow one source differ by less. */
const ALIKE_SECONDS = 60;

/** The servers whose clock is off by more than five minutes, whatever their checks say. Pure. */
export function clocksOff(clocks: readonly AgentClock[]): AgentClockOff[] {
  const told = clocks.flatMap(({ server, aheadSeconds }) =>
    aheadSeconds === null ? [] : [{ server, aheadSeconds }],
  );
  return told
    .filter(({ aheadSeconds }) => Math.abs(aheadSeconds) > REFUSED_SECONDS)
    .map(({ server, aheadSeconds }) => ({
      kind: 'agent-clock',
      server,
      aheadMs: aheadSeconds * 1_000,
      alike:
        told.length > 1 &&
        told.every((other) => Math.abs(other.aheadSeconds - aheadSeconds) <= ALIKE_SECONDS),
    }));
}
