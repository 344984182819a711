import type { FailureCode, Phase } from '@mailpath/protocol';
import { pastOf, type PastResult } from '../history.ts';
import type { ServerResults } from '../look.ts';
import { failing } from './faults.ts';

/** Rounds before a server's newest, the oldest first: what failed in each, by check, and how; all else came through. */
export type PastRound = Readonly<Record<string, readonly [Phase, FailureCode]>>;

const MINUTE_MS = 60_000;

export function withHistory(server: ServerResults, rounds: readonly PastRound[]): ServerResults {
  const history = rounds.flatMap((round, index) =>
    server.results.map((result): PastResult => {
      const back = (rounds.length - index) * 5 * MINUTE_MS;
      const at = new Date(Date.parse(result.startedAt) - back).toISOString();
      const how = round[result.check];
      return { ...pastOf(how ? failing(result, ...how) : { ...result, outcome: 'pass', failure: null }), at };
    }),
  );
  return { ...server, history };
}
