import type { Comparison, ComparisonRow } from '@mailpath/protocol';
import { comparisonText, type Screen } from '@mailpath/terminal';

/** What a row is aimed at: the mailbox where there is one, since its host stands in a row of its own. */
const aim = ({ target }: ComparisonRow): string => target.mailbox ?? `${target.host}:${target.port}`;

/** The comparison that the API answers, as text. */
export function comparisonTable({ servers, rows }: Comparison, screen: Screen): string {
  const compared = rows.map((row) => {
    const odd = new Set(row.differences.map(({ serverId }) => serverId));
    const cells = row.cells.map((cell) => ({ ...cell, differs: odd.has(cell.serverId) }));
    return { check: row.check, aim: aim(row), cells };
  });
  return comparisonText(servers, compared, screen);
}
