import type { FailureCode, Outcome, Phase, Role } from '@mailpath/protocol';
import { COMPARISON_WORDS } from './comparison-words.ts';
import { frameOf, languageOf, OUTCOME_STYLE, type Screen } from './screen.ts';
import { type Cell, naturalWidth, textTable, type TextTable } from './text-table.ts';

/** A column. */
export interface ComparedServer {
  name: string;
  roles: readonly Role[];
}

/** What one server says in one row. */
export interface ComparedCell {
  outcome: Outcome | 'no-data';
  /** False where a server of these roles has no use for the row. */
  asked: boolean;
  /** The phase that failed, and what happened there. */
  phase: Phase | null;
  code: FailureCode | null;
  ms: number | null;
  /** Older than the schedule explains. */
  stale: boolean;
  /** Unlike its siblings. */
  differs: boolean;
}

export interface ComparedRow {
  check: string;
  /** What it is aimed at: host and port, or the mailbox. */
  aim: string;
  /** As many as there are servers, in their order. */
  cells: readonly ComparedCell[];
}

/**
 * Servers side by side: rows are checks, columns are servers, `≠` marks a cell that differs from its siblings; what the
 * signs mean stands below. Where check and target do not fit beside each other, the target stands below its check.
 */
export function comparisonText(
  servers: readonly ComparedServer[],
  rows: readonly ComparedRow[],
  screen: Screen,
): string {
  const labels = frameOf(screen).labels;
  const bold = (line: string): string => screen.style('bold', line);
  const columns = servers.map(({ name, roles }): Cell => ({ text: [name, ...roles], style: bold }));
  const answers = rows.map(({ cells }) => cells.map((cell) => answerCell(cell, screen)));
  const beside: Omit<TextTable, 'width'> = {
    head: [{ text: labels.check, style: bold }, { text: labels.target, style: bold }, ...columns],
    rows: rows.map(({ check, aim }, i) => [check, aim, ...(answers[i] ?? [])]),
  };
  const below: Omit<TextTable, 'width'> = {
    head: [{ text: [labels.check, `  ${labels.target}`], style: bold }, ...columns],
    rows: rows.map(({ check, aim }, i) => [{ text: [check, `  ${aim}`] }, ...(answers[i] ?? [])]),
  };
  const table = textTable({
    ...(naturalWidth(beside) <= screen.width ? beside : below),
    width: screen.width,
  });
  const legend = textTable({
    head: [COMPARISON_WORDS[languageOf(screen)].legend],
    rows: [],
    width: screen.width,
  });
  return `${table}\n\n${legend}`;
}

/** At most six characters, so that five servers fit into a line. */
const timeText = (ms: number): string =>
  ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;

/** Lines below each other where something failed: the phase, then what happened there. */
function answerCell(cell: ComparedCell, screen: Screen): Cell {
  const words = COMPARISON_WORDS[languageOf(screen)];
  const { outcome } = cell;
  if (!cell.asked) return { text: '–' };
  if (outcome === 'no-data') return { text: words.noData };
  const mark = `${words.outcome(outcome)}${cell.stale ? ` (${words.old})` : ''}`;
  const time = cell.ms === null ? '' : ` ${timeText(cell.ms)}`;
  const sign = cell.differs ? ' ≠' : '';
  return {
    text:
      cell.phase === null
        ? `${mark}${time}${sign}`
        : words.failed(mark, cell.phase, `${cell.code}${time}`, sign),
    style: (line) => screen.style(OUTCOME_STYLE[outcome], line),
  };
}
