import type { LinkedFinding, Role } from '@mailpath/protocol';
import type { ComparedCell } from '@mailpath/terminal';
import { type Column, rowsOf } from './comparison-text.ts';

/** What `compare --json` prints. Cells are in the order of `servers`. */
export interface ComparisonDocument {
  servers: { name: string; roles: readonly Role[] }[];
  rows: { check: string; aim: string; cells: Omit<ComparedCell, 'asked' | 'stale'>[] }[];
  findings: readonly LinkedFinding[];
}

/** The comparison for another program: milliseconds as they were measured, `no-data` where a file has no such check. */
export function comparisonDocument(
  columns: readonly Column[],
  findings: readonly LinkedFinding[],
): ComparisonDocument {
  return {
    servers: columns.map(({ name, roles }) => ({ name, roles })),
    rows: rowsOf(columns).map(({ check, aim, cells }) => ({
      check,
      aim,
      cells: cells.map(({ outcome, phase, code, ms, differs }) => ({ outcome, phase, code, ms, differs })),
    })),
    findings,
  };
}
