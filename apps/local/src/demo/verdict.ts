import type { Comparison } from '@mailpath/protocol';
import { type DemoServer, SERVERS } from './servers.ts';

/** How many cells hold a result, and how many of them say that all is well. */
export function score({ rows }: Comparison): { well: number; all: number } {
  const results = rows.flatMap(({ cells }) => cells).filter(({ outcome }) => outcome !== 'no-data');
  return { well: results.filter(({ outcome }) => outcome === 'pass').length, all: results.length };
}

/** What the comparison says that it should not, or does not say that it should; one sentence each. */
export function surprises({ servers, rows }: Comparison, known: readonly DemoServer[] = SERVERS): string[] {
  return known.flatMap(({ name, trouble }) => {
    const id = servers.find((server) => server.name === name)?.id;
    const cells = rows.flatMap((row) =>
      row.cells.filter((cell) => cell.serverId === id && cell.asked).map((cell) => ({ row, cell })),
    );
    const odd = cells.filter(({ row }) => row.differences.some(({ serverId }) => serverId === id));
    if (trouble === null)
      return [
        ...cells
          .filter(({ cell }) => cell.outcome !== 'pass')
          .map(({ row, cell }) => `${name}, ${row.check}: ${cell.outcome}.`),
        ...odd.map(({ row }) => `${name}, ${row.check}: said to differ.`),
      ];
    const { check, phase, code } = trouble.shows;
    const found = odd.some(
      ({ row, cell }) => row.check === check && cell.phase === phase && cell.code === code,
    );
    return found ? [] : [`${name} does not differ in ${check} by ${phase} (${code}).`];
  });
}
