import { diagnoseSite, silencesOf } from '@mailpath/diagnosis';
import type { CheckResult, Finding, Role } from '@mailpath/protocol';
import type { Recording } from './record.ts';
import type { Expected, Situation } from './situation.ts';

/** What became of one finding that had to come. */
export interface Met {
  expected: Expected;
  /** The finding that says it, or comes closest; null where none speaks of these servers or this cause. */
  finding: Finding | null;
  server: boolean;
  cause: boolean;
  owner: boolean;
  item: boolean;
}

export interface Verdict {
  situation: Situation;
  findings: readonly Finding[];
  met: readonly Met[];
  /** Findings that nobody expected. */
  more: readonly Finding[];
  right: boolean;
}

const EVERY_SECONDS = 300;

/** As the API sees it three rounds after a server sent its last result. */
function silentIn(servers: Recording['servers']) {
  const now = new Date();
  const before = new Date(now.getTime() - 3 * EVERY_SECONDS * 1_000);
  const agents = servers.map(({ name, results }) => ({
    server: name,
    lastSeenAt: results.length > 0 ? now : before,
    connected: false,
  }));
  return silencesOf(agents, { everySeconds: EVERY_SECONDS, since: before, now });
}

/** What the diagnosis makes of a recording. */
export const diagnose = ({ site, servers }: Recording): Finding[] =>
  diagnoseSite({
    site: { ...site, circumstances: silentIn(servers) },
    servers: servers.map(({ name, roles, results }) => ({ name, roles: roles as Role[], results })),
  });

/** An information of every site on which nobody has read the store of ECE's Java: a healthy one has it as well. */
const ROOTS = 'tls.roots-needed';

/** Holds the findings of a recording against what had to be found. */
export function judge(situation: Situation, recording: Recording): Verdict {
  const findings = diagnose(recording).filter(({ rule }) => rule !== ROOTS);
  const left = new Set(findings);
  const met = situation.expected.map((expected) => {
    const one = [...left]
      .map((finding) => compare(expected, finding))
      .toSorted((a, b) => weight(b) - weight(a))
      .find(({ server, cause }) => server || cause);
    if (one?.finding) left.delete(one.finding);
    return one ?? { expected, finding: null, server: false, cause: false, owner: false, item: false };
  });
  const right = left.size === 0 && met.every(isRight);
  return { situation, findings, met, more: [...left], right };
}

export const isRight = ({ server, cause, owner, item }: Met): boolean => server && cause && owner && item;

const weight = ({ server, cause, owner, item }: Met): number =>
  Number(cause) * 8 + Number(server) * 4 + Number(owner) * 2 + Number(item);

function compare(expected: Expected, finding: Finding): Met {
  return {
    expected,
    finding,
    server: finding.scope.servers.toSorted().join() === expected.servers.toSorted().join(),
    cause: expected.cause.includes(finding.rule),
    owner: expected.owner.includes(finding.owner),
    item: finding.items.some((item) => expected.items.includes(item)),
  };
}

/** How every server looked at once: for an account of what went wrong. */
export const linesOf = (results: readonly CheckResult[]): string[] =>
  results
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ check, target, outcome, failure, reason }) =>
      [
        check,
        target.mailbox ?? target.name,
        outcome,
        failure?.phase,
        failure?.code,
        failure?.message ?? reason,
      ]
        .filter(Boolean)
        .join(' · '),
    );
