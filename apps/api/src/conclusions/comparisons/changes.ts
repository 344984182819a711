import type { Comparison, ComparisonCell, ComparisonRow, Outcome } from '@mailpath/protocol';
import type { CellChange, CellThen } from './comparison.query.ts';

/** How bad an outcome is; what was not tried is neither better nor worse than anything. */
const BADNESS: Record<Outcome, number | null> = { pass: 0, warn: 1, throttled: 2, fail: 3, skipped: null };
const ORDER = { worse: 0, different: 1, gone: 2, better: 3, appeared: 4 } as const;

/** Cells that came to something else, what got worse first; in the order of the later comparison. Pure. */
export function changesBetween(before: Comparison, after: Comparison): CellChange[] {
  const old = new Map(
    before.rows.flatMap((row) => row.cells.map((cell) => [keyOf(row, cell), toldOf(cell)] as const)),
  );
  const names = new Map(after.servers.map(({ id, name }) => [id, name]));
  const changes = after.rows.flatMap((row) =>
    row.cells.flatMap((cell): CellChange[] => {
      const was = old.get(keyOf(row, cell)) ?? null;
      const is = toldOf(cell);
      const kind = kindOf(was, is);
      if (!kind) return [];
      const { check, title, target } = row;
      const { serverId } = cell;
      return [
        {
          kind,
          serverId,
          serverName: names.get(serverId) ?? serverId,
          check,
          title,
          target,
          before: was,
          after: is,
        },
      ];
    }),
  );
  return changes.sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
}

const keyOf = ({ check, target }: ComparisonRow, { serverId }: ComparisonCell): string =>
  `${serverId} ${check} ${target.name}`;

/** What is too old says nothing of its moment. */
function toldOf({ outcome, phase, code, ms, observedAt, resultId, stale }: ComparisonCell): CellThen | null {
  if (outcome === 'no-data' || stale || ms === null || observedAt === null || resultId === null) return null;
  return { outcome, phase, code, ms, observedAt, resultId };
}

function kindOf(was: CellThen | null, is: CellThen | null): CellChange['kind'] | null {
  if (!was || !is) return was ? 'gone' : is ? 'appeared' : null;
  if (was.outcome === is.outcome && was.phase === is.phase && was.code === is.code) return null;
  const [bad, worse] = [BADNESS[was.outcome], BADNESS[is.outcome]];
  if (bad === null || worse === null || bad === worse) return 'different';
  return worse > bad ? 'worse' : 'better';
}
