import type { FailureCode, Outcome, Phase } from '@mailpath/protocol';

/** A result as a pack has it. Moments are milliseconds since 1970, UTC, by the clock that `results` says. */
export interface PackedResult {
  agentId: string;
  boot: string;
  sequence: number;
  id: string;
  runId: string | null;
  checkId: string;
  targetName: string;
  targetHost: string;
  targetPort: number;
  targetMailbox: string | null;
  observedAt: number;
  receivedAt: number;
  /** What the server's clock said, where the result is stored by another moment. */
  startedAt: number | null;
  outcome: Outcome;
  failurePhase: Phase | null;
  failureCode: FailureCode | null;
  failureMessage: string | null;
  reason: string | null;
  durationMs: number;
  /** The content of `evidence` that it has in common with others, lower-case hexadecimal. */
  evidenceHash: string;
  /** Its own values, which fill the places of that content in order. */
  values: readonly (number | string)[];
  repeats: string | null;
}
