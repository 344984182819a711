/** What is known of the agent of one server, beside its results. */
export interface AgentSeen {
  /** Name of the server. */
  server: string;
  /** When anything of it was stored last; null for one that has never reported. */
  lastSeenAt: Date | null;
  /** Whether it has a connection now. */
  connected: boolean;
}

/** How the site is asked, and since when anybody could have been heard. */
export interface Listening {
  everySeconds: number;
  /** When this program began to listen: nobody is silent for the time before. */
  since: Date;
  now: Date;
}

/** A server of which nothing has come for so long that nothing is known of it. */
export interface ServerSilent {
  kind: 'server-silent';
  /** Names of the servers; several where they fell silent together. */
  servers: readonly string[];
  /** ISO 8601; of several the last. */
  lastSeenAt: string;
  /** An agent of them has a connection, and sends nothing. */
  connected: boolean;
  /** Names of the servers that do report. */
  reporting: readonly string[];
}

/** Rounds without a word: the third is not over when it is told. */
const ROUNDS = 2.5;

const limitMs = ({ everySeconds }: Listening): number => ROUNDS * everySeconds * 1_000;

const silentMs = ({ lastSeenAt }: AgentSeen, { since, now }: Listening): number =>
  lastSeenAt === null ? 0 : now.getTime() - Math.max(lastSeenAt.getTime(), since.getTime());

/**
 * Servers that fell silent within one round of each other share what failed: a host, a rack, a line. One whose agent is
 * connected has another cause than one whose agent is not.
 */
function together(silent: readonly AgentSeen[], { everySeconds }: Listening): AgentSeen[][] {
  const groups: AgentSeen[][] = [];
  const at = ({ lastSeenAt }: AgentSeen): number => lastSeenAt?.getTime() ?? 0;
  for (const agent of silent.toSorted((a, b) => at(a) - at(b))) {
    const own = groups.find((group) => belongs(group, agent));
    if (own) own.push(agent);
    else groups.push([agent]);
  }
  return groups.toSorted(([a], [b]) => ((a?.server ?? '') < (b?.server ?? '') ? -1 : 1));

  function belongs(group: readonly AgentSeen[], agent: AgentSeen): boolean {
    const last = group.at(-1);
    return last?.connected === agent.connected && at(agent) - at(last) < everySeconds * 1_000;
  }
}

/**
 * The servers that do not report, for two rounds and a half: those that fell silent together as one, which is the
 * host or the line that they share, and all of a site, which may be the API as well. Pure.
 */
export function silencesOf(agents: readonly AgentSeen[], listening: Listening): ServerSilent[] {
  const heard = agents.filter(({ lastSeenAt }) => lastSeenAt !== null);
  const silent = heard.filter((agent) => silentMs(agent, listening) > limitMs(listening));
  const reporting = heard
    .filter((agent) => !silent.includes(agent))
    .map(({ server }) => server)
    .toSorted();
  const groups = silent.length > 1 && reporting.length === 0 ? [silent] : together(silent, listening);
  return groups.map((group) => ({
    kind: 'server-silent',
    servers: group.map(({ server }) => server).toSorted(),
    lastSeenAt: new Date(
      Math.max(...group.map(({ lastSeenAt }) => lastSeenAt?.getTime() ?? 0)),
    ).toISOString(),
    connected: group.some(({ connected }) => connected),
    reporting,
  }));
}

/** After how many milliseconds the next of the servers becomes silent if nothing comes of it; null where none can. */
export function nextSilenceMs(agents: readonly AgentSeen[], listening: Listening): number | null {
  const left = agents
    .filter(({ lastSeenAt }) => lastSeenAt !== null)
    .map((agent) => limitMs(listening) - silentMs(agent, listening) + 1)
    .filter((ms) => ms > 0);
  return left.length === 0 ? null : Math.min(...left);
}
