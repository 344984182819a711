import type { TokenClaims } from '@mailpath/protocol';
import { say } from '../checklist/words/catalogue.ts';
import { verdictsOn, type Judgement, type Seen } from './setting.ts';

/** Entra sets `iat` some minutes before the moment, and takes clocks that differ by five. */
const CLOCK_LIMIT_S = 300;
const BACKDATED_S = 300;
/** Above 90 by what `iat` may be set back. */
const ORDINARY_MINUTES = 95;

/** C4: exp − iat. S26 says 60 minutes in words that can be read in two ways; Entra gives 60 to 90 by itself. */
export function judgeLifetime(subject: string, { iat, exp }: TokenClaims): Judgement[] {
  if (iat === null || exp === null) return [];
  const { holds, cannotTell } = verdictsOn('C4', subject);
  const minutes = Math.round((exp - iat) / 6) / 10;
  if (minutes < 60) return [cannotTell(say('lifetime.short', minutes), say('lifetime.see-policy'), 'S26')];
  return [holds(say('lifetime.good', minutes, minutes > ORDINARY_MINUTES), null, 'S26')];
}

/**
 * X9: the clock of the server that got the token, by what the sign-in host said anyway, else by the token's own time.
 */
export function judgeClock({ server, result }: Seen, { iat }: TokenClaims): Judgement[] {
  const { holds, broken } = verdictsOn('X9', server);
  const aheadS = result.evidence.clock
    ? result.evidence.clock.aheadMs / 1_000
    : aheadOf(result.startedAt, iat);
  if (aheadS === null) return [];
  if (Math.abs(aheadS) <= CLOCK_LIMIT_S) return [holds(say('clock.good', server), null)];
  return [
    broken(
      say('clock.off', server, Math.round(Math.abs(aheadS) / 60), aheadS > 0),
      say('clock.time-source', server),
    ),
  ];
}

/** Seconds; between the earliest and the latest moment that `iat` may mean, no difference is known. */
function aheadOf(startedAt: string, iat: number | null): number | null {
  if (iat === null) return null;
  const sinceIat = Date.parse(startedAt) / 1_000 - iat;
  if (sinceIat > BACKDATED_S) return sinceIat - BACKDATED_S;
  return Math.min(sinceIat, 0);
}
