import { type Severity, severityRank } from '@mailpath/protocol';

/**
 * What a site is, in one word: `unsafe` while something that mail needs is broken; `watch` while only something
 * recommended is, or a failure waits to be confirmed, or a server does not report; `unknown` while no server has told
 * anything that is still of now; `safe` otherwise.
 */
export type VerdictWord = 'safe' | 'watch' | 'unsafe' | 'unknown';

/** A finding as far as a verdict goes by it. */
export interface WeighedFinding {
  readonly id: string;
  readonly state: 'pending' | 'open' | 'closed';
  readonly severity: Severity;
  /** When it opened, or was first seen, as RFC 3339 in UTC. */
  readonly since: string;
  /** When it closed last, as RFC 3339 in UTC. */
  readonly closedAt: string | null;
}

export interface SiteSeen {
  readonly findings: readonly WeighedFinding[];
  /** The newest observation of each server that is not retired, and whether it still says something of now. */
  readonly servers: readonly { readonly observedAt: string | null; readonly isFresh: boolean }[];
}

/** The site in one word, since when, and what of it is worst. */
export interface SiteVerdict<Finding extends WeighedFinding = WeighedFinding> {
  readonly verdict: VerdictWord;
  /** Since when it is so, as far as is known, as RFC 3339 in UTC; null where nothing was ever seen. */
  readonly since: string | null;
  /** The worst finding, the oldest of several; null where none is open. */
  readonly worst: Finding | null;
  readonly openFindings: number;
  /** Servers that tell nothing of now. */
  readonly silentServers: number;
}

/** Judges a site once, for whoever shows it. Pure. */
export function verdictOf<Finding extends WeighedFinding>(
  site: Omit<SiteSeen, 'findings'> & { readonly findings: readonly Finding[] },
): SiteVerdict<Finding> {
  const { findings, servers } = site;
  const open: readonly Finding[] = findings
    .filter(({ state }) => state === 'open')
    .toSorted(
      (a, b) =>
        severityRank(a.severity) - severityRank(b.severity) ||
        compare(a.since, b.since) ||
        compare(a.id, b.id),
    );
  const silent = servers.filter(({ isFresh }) => !isFresh);
  const facts = { worst: open[0] ?? null, openFindings: open.length, silentServers: silent.length };
  const said = (verdict: VerdictWord, since: string | null): SiteVerdict<Finding> => ({
    verdict,
    since,
    ...facts,
  });
  if (open[0]?.severity === 'error') return said('unsafe', open[0].since);
  // One that was seen once may be gone by the second look: it is no more than a reason to look again.
  const doubts = [
    ...open.filter(({ severity }) => severity === 'warning'),
    ...findings.filter(({ state, severity }) => state === 'pending' && severity !== 'info'),
  ];
  if (silent.length === servers.length)
    return said('unknown', latest(servers.map(({ observedAt }) => observedAt)));
  if (doubts.length > 0 || silent.length > 0) {
    const moments = [...doubts.map(({ since }) => since), ...silent.map(({ observedAt }) => observedAt)];
    return said('watch', earliest(moments));
  }
  const ended = findings.filter(({ severity }) => severity !== 'info').map(({ closedAt }) => closedAt);
  return said('safe', latest(ended));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const known = (moments: readonly (string | null)[]): string[] =>
  moments.filter((moment) => moment !== null).toSorted(compare);
const earliest = (moments: readonly (string | null)[]): string | null => known(moments)[0] ?? null;
const latest = (moments: readonly (string | null)[]): string | null => known(moments).at(-1) ?? null;
