import { differences, lastLooks } from '@mailpath/diagnosis';
import type { CheckResult, Finding, Role } from '@mailpath/protocol';
import Table from 'cli-table3';
import { findingText, NO_LINES, OUTCOME_STYLE, trimLines } from './report-text.ts';
import { frameOf, plainText, type Screen } from './screen.ts';

/** One server of a comparison: a column. */
export interface Column {
  name: string;
  roles: readonly Role[];
  results: readonly CheckResult[];
}

const GAP = 2;
const rowKey = ({ check, target }: CheckResult): string => `${check} ${target.name} ${target.mailbox ?? ''}`;
const aim = ({ target }: CheckResult): string => target.mailbox ?? `${target.host}:${target.port}`;

/** Servers side by side, what follows for the site, and one closing line where nothing does. `≠` marks a cell that differs from its siblings. */
export function renderComparison(
  columns: readonly Column[],
  findings: readonly Finding[],
  screen: Screen,
): string {
  const parts = [table(columns, screen), ...findings.map((finding) => findingText(finding, screen))];
  if (findings.length === 0) parts.push(screen.style('green', frameOf(screen).closing.noFinding));
  return parts.join('\n\n');
}

function table(columns: readonly Column[], screen: Screen): string {
  const { check, target } = frameOf(screen).labels;
  const seen = columns.map(
    (column) => new Map(lastLooks(column.results).map((each) => [rowKey(each), each])),
  );
  const rows = new Map(seen.flatMap((results) => [...results]));
  const made = new Table({
    chars: NO_LINES,
    head: [
      check,
      target,
      ...columns.map(({ name, roles }) => `${plainText(name)} (${roles.join(', ')})`),
    ].map((word) => screen.style('bold', word)),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP, compact: true },
  });
  for (const [key, first] of rows) {
    const cells = seen.map((results) => results.get(key));
    const odd = oddOnes(columns, cells);
    made.push([first.check, aim(first), ...cells.map((cell, i) => cellText(cell, odd.has(i), screen))]);
  }
  return trimLines(made.toString());
}

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

function cellText(cell: CheckResult | undefined, differs: boolean, { style }: Screen): string {
  if (!cell) return '-';
  const where = cell.failure ? ` ${cell.failure.phase} (${cell.failure.code})` : '';
  const text = `${cell.outcome}${where} ${Math.round(cell.durationMs)} ms${differs ? ' ≠' : ''}`;
  return style(OUTCOME_STYLE[cell.outcome], text);
}
