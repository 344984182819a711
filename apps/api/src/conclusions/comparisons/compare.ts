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
  CheckResult,
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

/** A server with what it saw last, by the row's place. */
interface Column {
  server: ComparedServerWithTasks;
  /** Keys of the rows that it is asked for. */
  asked: ReadonlySet<string>;
  /** Servers of the same roles are asked the same. */
  roles: string;
  newest: (Newest | undefined)[];
  /** How far its clock is ahead. */
  aheadMs: number;
}

/** What all cells of a row have in common. */
interface Row {
  task: Task;
  key: string;
  place: number;
  /** By `Column.roles`. */
  demands: Map<string, DemandVerdict>;
}

const rowKey = ({ check, target }: Pick<Task, 'check' | 'target'>): string => `${check} ${target.name}`;

/** Rows are the checks that any server is asked for, in the order they are asked; columns are the servers. Pure. */
export function compare(input: CompareInput): Comparison {
  const tasks = new Map<string, Task>();
  for (const list of new Set(mostAskedFirst(input.servers).map((server) => server.tasks)))
    for (const task of list) tasks.set(rowKey(task), task);
  const rows = [...tasks].map(([key, task], place): Row => ({ task, key, place, demands: new Map() }));
  const columns = columnsOf(input);
  putInPlace(input.latest, rows, columns);
  return {
    siteId: input.site.id,
    siteName: input.site.name,
    generatedAt: input.now.toISOString(),
    servers: input.servers.map(({ id, name, roles, agent }) => ({ id, name, roles, agent })),
    rows: rows.map((row) => compareRow(row, input, columns)),
  };
}

function columnsOf({ servers, latest }: CompareInput): Column[] {
  const clockOf = clocksOf(latest);
  const askedBy = new Map<readonly Task[], ReadonlySet<string>>();
  return servers.map((server) => {
    const asked = askedBy.get(server.tasks) ?? new Set(server.tasks.map(rowKey));
    askedBy.set(server.tasks, asked);
    return { server, asked, roles: server.roles.join(), newest: [], aheadMs: clockOf(server.id) };
  });
}

/** Puts each result where its cell is. By two names rather than by one that is made of both: there are many. */
function putInPlace(latest: readonly Newest[], rows: readonly Row[], columns: readonly Column[]): void {
  const places = new Map<string, Map<string, number>>();
  for (const { task, place: at } of rows) {
    const ofCheck = places.get(task.check) ?? new Map<string, number>();
    places.set(task.check, ofCheck.set(task.target.name, at));
  }
  const columnOf = new Map(columns.map((column) => [column.server.id, column]));
  for (const look of latest) {
    const at = places.get(look.result.check)?.get(look.result.target.name);
    const column = columnOf.get(look.serverId);
    if (at !== undefined && column) column.newest[at] = look;
  }
}

/**
 * Application servers are asked for a part of what services servers are asked: in the order of the latter, all have
 * their place.
 */
const mostAskedFirst = (servers: readonly ComparedServerWithTasks[]): ComparedServerWithTasks[] =>
  servers.toSorted((a, b) => Number(b.roles.includes('services')) - Number(a.roles.includes('services')));

function compareRow(row: Row, input: CompareInput, columns: readonly Column[]): ComparisonRow {
  const { task } = row;
  const cells = columns.map((column) => cellOf(row, column, input));
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

/** Drawing it takes a while where something is wrong; a result that is remembered is asked for it again and again. */
const SENTENCES: Record<Language, WeakMap<CheckResult, string | null>> = {
  en: new WeakMap(),
  ja: new WeakMap(),
};

function sentenceOf(result: CheckResult, language: Language): string | null {
  const known = SENTENCES[language].get(result);
  if (known !== undefined) return known;
  const sentence = sentenceFor(result, language);
  // Most pass, and of those there is nothing to know.
  if (sentence !== null) SENTENCES[language].set(result, sentence);
  return sentence;
}

function demandIn(
  { task, demands }: Row,
  { server, roles }: Column,
  inbound: InboundProtocol,
): DemandVerdict {
  const known = demands.get(roles);
  if (known) return known;
  const verdict = demandOf(task, server.roles, inbound);
  demands.set(roles, verdict);
  return verdict;
}

function cellOf(row: Row, column: Column, input: CompareInput): ComparisonCell {
  const { site, now, staleAfterMs, mailStaleAfterMs, findingAt, language = 'en' } = input;
  const { task } = row;
  const { server } = column;
  const says = (why: NoData): string => CATALOGUES[language].frame.noData[why];
  if (!column.asked.has(row.key)) return notAsked(server.id, says('not-asked'));
  const verdict = demandIn(row, column, site.inboundProtocol);
  const look = column.newest[row.place];
  if (!look) return noData(server.id, verdict, says(whyNoResult(server, task)));
  const { result } = look;
  // A result aimed elsewhere says nothing of the target that is configured now.
  if (!isAimedAt(result.target, task.target)) return noData(server.id, verdict, says('target-changed'));

  const ageMs = ageOf(look, now, column.aheadMs);
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
    sentence: sentenceOf(result, language),
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
