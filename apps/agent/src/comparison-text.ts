import { differences, lastLooks, nothingRan } from '@mailpath/diagnosis';
import type { CheckResult, Finding, Role } from '@mailpath/protocol';
import {
  comparisonText,
  type ComparedCell,
  type ComparedRow,
  frameOf,
  plainText,
  type Screen,
  stepTree,
} from '@mailpath/terminal';
import { findingInWords } from './report-text.ts';

/** One server of a comparison: a column. */
export interface Column {
  name: string;
  roles: readonly Role[];
  results: readonly CheckResult[];
}

const rowKey = ({ check, target }: CheckResult): string => `${check} ${target.name} ${target.mailbox ?? ''}`;
const aim = ({ target }: CheckResult): string => target.mailbox ?? `${target.host}:${target.port}`;

/** Servers side by side, what follows for the site, and one closing line where nothing does. */
export function renderComparison(
  columns: readonly Column[],
  findings: readonly Finding[],
  screen: Screen,
  verbose = false,
): string {
  const parts = [
    comparisonText(columns, rowsOf(columns), screen),
    ...findings.map((finding) => findingInWords(finding, screen)),
  ];
  if (verbose) parts.push(...columns.flatMap((column) => stepsOf(column, screen)));
  const { closing } = frameOf(screen);
  if (nothingRan(columns.flatMap(({ results }) => results)))
    parts.push(screen.style('red', closing.nothingRan({ servers: columns.map(({ name }) => name) })));
  else if (findings.length === 0) parts.push(screen.style('green', closing.noFinding));
  return parts.join('\n\n');
}

/** The steps of what did not pass on one server, below its name. */
function stepsOf({ name, results }: Column, screen: Screen): string[] {
  const told = results.filter(({ outcome }) => outcome !== 'pass');
  return told.length === 0
    ? []
    : [screen.style('bold', plainText(name)), ...told.map((result) => stepTree(result, screen))];
}

/** One row for each check and target that any server has. */
export function rowsOf(columns: readonly Column[]): ComparedRow[] {
  const seen = columns.map(
    (column) => new Map(lastLooks(column.results).map((each) => [rowKey(each), each])),
  );
  const rows = new Map(seen.flatMap((results) => [...results]));
  return [...rows].map(([key, first]) => {
    const results = seen.map((each) => each.get(key));
    const odd = oddOnes(columns, results);
    return {
      check: first.check,
      aim: aim(first),
      cells: results.map((result, i) => cellOf(result, odd.has(i))),
    };
  });
}

/** A check that is in no file of a server was not asked there: files say nothing of what should be in them. */
const cellOf = (result: CheckResult | undefined, differs: boolean): ComparedCell => ({
  outcome: result?.outcome ?? 'no-data',
  asked: result !== undefined,
  phase: result?.failure?.phase ?? null,
  code: result?.failure?.code ?? null,
  ms: result?.durationMs ?? null,
  stale: false,
  differs,
});

/** Which columns of a row differ from their siblings, by their place. */
function oddOnes(columns: readonly Column[], cells: readonly (CheckResult | undefined)[]): Set<number> {
  const siblings = columns.map(({ name, roles }, i) => {
    const cell = cells[i];
    return {
      serverId: String(i),
      serverName: name,
      roles,
      answer: cell
        ? { outcome: cell.outcome, phase: cell.failure?.phase ?? null, code: cell.failure?.code ?? null }
        : null,
    };
  });
  return new Set(differences(siblings).map(({ serverId }) => Number(serverId)));
}
