import type { Comparison, ComparisonCell, ComparisonRow } from '@mailpath/protocol';
import { textTable } from './text-table.ts';

/** Cells of one server that are not well in the same way. */
interface Trouble {
  severity: string;
  server: string;
  cells: { row: ComparisonRow; cell: ComparisonCell }[];
}

const isTrouble = ({ asked, outcome, severity, sentence }: ComparisonCell): boolean =>
  asked && sentence !== null && (severity !== null || outcome === 'no-data');

/** Everything that is not well, server by server; what is broken in the same way and matters as much comes together. */
function troubles({ servers, rows }: Comparison): Trouble[] {
  return servers.flatMap(({ id, name }) => {
    const cells = rows.flatMap((row) =>
      row.cells.filter((cell) => cell.serverId === id && isTrouble(cell)).map((cell) => ({ row, cell })),
    );
    const alike = Map.groupBy(cells, ({ cell }) =>
      [cell.severity, ...(cell.phase === null ? [cell.sentence] : [cell.phase, cell.code])].join(' '),
    );
    return [...alike.values()].map((group) => ({
      severity: group[0]?.cell.severity ?? 'no data',
      server: name,
      cells: group,
    }));
  });
}

/** The ids of checks, each with the mailboxes that it is about. */
function checksOf(cells: Trouble['cells']): string {
  const byCheck = Map.groupBy(cells, ({ row }) => row.check);
  return [...byCheck]
    .map(([check, those]) => {
      const mailboxes = those.flatMap(({ row }) => row.target.mailbox?.split('@')[0] ?? []);
      return mailboxes.length > 0 ? `${check} (${mailboxes.join(', ')})` : check;
    })
    .join(', ');
}

function textOf({ cells }: Trouble): string {
  const first = cells[0]?.cell;
  const statements = [...new Set(cells.flatMap(({ cell }) => cell.statements))];
  const differences = cells.flatMap(({ row, cell }) =>
    row.differences.filter(({ serverId }) => serverId === cell.serverId).map(({ sentence }) => sentence),
  );
  const [, ...others] = new Set(cells.map(({ row: { target } }) => `${target.host}:${target.port}`));
  return [
    checksOf(cells),
    `${first?.sentence}${others.length > 0 ? ` Likewise: ${others.join(', ')}.` : ''}${statements.length > 0 ? ` [${statements.join(', ')}]` : ''}`,
    ...[...new Set(differences)].map((sentence) => `≠ ${sentence}`),
  ].join('\n');
}

const GAPS = 4;

/**
 * Everything in the comparison that is not well: how much it matters, which server, which checks, what happened with the statements
 * that it goes against, and what differs from the siblings. Null when all is well. Lines are wrapped at `width`.
 */
export function troubleList(comparison: Comparison, width: number): string | null {
  const all = troubles(comparison);
  if (all.length === 0) return null;
  const first = all.map(({ severity }) => severity.length);
  const second = all.map(({ server }) => server.length);
  const used = [Math.max(...first), Math.max(...second)];
  return textTable({
    rows: all.map((trouble) => [trouble.severity, trouble.server, textOf(trouble)]),
    widths: [...used, width - GAPS - used.reduce((sum, each) => sum + each, 0)],
  });
}
