import {
  CATALOGUES,
  demandOf,
  differences,
  type NoData,
  sentenceFor,
  severityOf,
  type DemandVerdict,
} from '@mailpath/diagnosis';
import type {
  CellFinding,
  ComparedServer,
  Comparison,
  ComparisonCell,
  ComparisonRow,
  Demand,
  InboundProtocol,
  Language,
  Task,
} from '@mailpath/protocol';
import { isAimedAt } from '../../fleet/tasks/asked.ts';
import { ageOf, clocksOf, type Newest } from '../../history/results/staleness.ts';

/** A column: the server and what it is asked to do. */
export interface ComparedServerWithTasks extends ComparedServer {
  tasks: readonly Task[];
  /** Whether its agent is lent nothing before somebody confirms it. */
  waitsForApproval?: boolean;
}

export interface CompareInput {
  site: { id: string; name: string; inboundProtocol: InboundProtocol };
  servers: readonly ComparedServerWithTasks[];
  /** The newest result of each server for each check and target. */
  latest: readonly Newest[];
  titleOf(check: string): string;
  now: Date;
  /** Results older than this say nothing of now, in milliseconds. */
  staleAfterMs: number;
  /** The same for signing in to mailboxes, which is done more seldom. */
  mailStaleAfterMs: number;
  /** The finding that explains what this server sees there, if one does. */
  findingAt: (place: { serverId: string; check: string; target: string }) => CellFinding | null;
  /** Of the sentences; English where nothing is said. */
  language?: Language;
}

/** A server with what is asked of it and what it saw last, both by the row's key. */
interface Column {
  server: ComparedServerWithTasks;
  asked: ReadonlySet<string>;
  newest: Map<string, Newest>;
}

const rowKey = ({ check, target }: Pick<Task, 'check' | 'target'>): string => `${check} ${target.name}`;

/** Rows are the checks that any server is asked for, in the order they are asked; columns are the servers. Pure. */
export function compare(input: CompareInput): Comparison {
  const tasks = new Map<string, Task>();
  for (const server of mostAskedFirst(input.servers))
    for (const task of server.tasks) tasks.set(rowKey(task), task);
  const columns = input.servers.map((server) => ({
    server,
    asked: new Set(server.tasks.map(rowKey)),
    newest: new Map<string, Newest>(),
  }));
  const newestOf = new Map(columns.map(({ server, newest }) => [server.id, newest]));
  for (const each of input.latest) newestOf.get(each.serverId)?.set(rowKey(each.result), each);
  const clockOf = clocksOf(input.latest);
  return {
    siteId: input.site.id,
    siteName: input.site.name,
    generatedAt: input.now.toISOString(),
    servers: input.servers.map(({ id, name, roles, agent }) => ({ id, name, roles, agent })),
    rows: [...tasks.values()].map((task) => compareRow(task, input, columns, clockOf)),
  };
}

/**
 * Application servers are asked for a part of what services servers are asked: in the order of the latter, all have
 * their place.
 */
const mostAskedFirst = (servers: readonly ComparedServerWithTasks[]): ComparedServerWithTasks[] =>
  servers.toSorted((a, b) => Number(b.roles.includes('services')) - Number(a.roles.includes('services')));

function compareRow(
  task: Task,
  input: CompareInput,
  columns: readonly Column[],
  clockOf: (serverId: string) => number,
): ComparisonRow {
  const key = rowKey(task);
  const cells = columns.map((column) => cellOf(task, key, column, clockOf, input));
  return {
    check: task.check,
    title: input.titleOf(task.check),
    target: task.target,
    cells,
    differences: differences(
      input.servers.map((server, i) => {
        const cell = cells[i] as ComparisonCell;
        return {
          serverId: server.id,
          serverName: server.name,
          roles: server.roles,
          answer:
            cell.outcome === 'no-data' || cell.stale
              ? null
              : { outcome: cell.outcome, phase: cell.phase, code: cell.code },
        };
      }),
      input.language,
    ),
  };
}

function cellOf(
  task: Task,
  key: string,
  { server, asked, newest }: Column,
  clockOf: (serverId: string) => number,
  { site, now, staleAfterMs, mailStaleAfterMs, findingAt, language }: CompareInput,
): ComparisonCell {
  const says = (why: NoData): string => CATALOGUES[language ?? 'en'].frame.noData[why];
  if (!asked.has(key)) return notAsked(server.id, says('not-asked'));
  const verdict = demandOf(task, server.roles, site.inboundProtocol);
  const look = newest.get(key);
  if (!look) return noData(server.id, verdict, says(whyNoResult(server, task)));
  const { result } = look;
  // A result aimed elsewhere says nothing of the target that is configured now.
  if (!isAimedAt(result.target, task.target)) return noData(server.id, verdict, says('target-changed'));

  const ageMs = ageOf(look, now, clockOf(server.id));
  const { demand, statements } = verdict;
  return {
    serverId: server.id,
    outcome: result.outcome,
    asked: true,
    phase: result.failure?.phase ?? null,
    code: result.failure?.code ?? null,
    ms: result.durationMs,
    observedAt: new Date(now.getTime() - ageMs).toISOString(),
    stale: ageMs > (task.target.mailbox === undefined ? staleAfterMs : mailStaleAfterMs),
    demand,
    severity: severityOf(result, demand),
    statements,
    sentence: sentenceFor(result, language),
    resultId: result.id,
    finding: findingAt({ serverId: server.id, check: result.check, target: result.target.name }),
  };
}

function whyNoResult(server: ComparedServerWithTasks, { target }: Task): NoData {
  if (server.agent.state === 'none') return 'no-agent';
  if (server.waitsForApproval && target.mailbox !== undefined) return 'not-approved';
  return server.agent.state === 'disconnected' ? 'not-connected' : 'no-result';
}

const notAsked = (serverId: string, sentence: string): ComparisonCell => ({
  ...noData(serverId, { demand: 'optional', statements: [] }, sentence),
  asked: false,
});

function noData(
  serverId: string,
  { demand, statements }: DemandVerdict | { demand: Demand; statements: string[] },
  sentence: string,
): ComparisonCell {
  return {
    serverId,
    outcome: 'no-data',
    asked: true,
    phase: null,
    code: null,
    ms: null,
    observedAt: null,
    stale: false,
    demand,
    severity: null,
    statements,
    sentence,
    resultId: null,
    finding: null,
  };
}
