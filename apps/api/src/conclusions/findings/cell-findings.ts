import { type CellFinding, type Severity, severityRank } from '@mailpath/protocol';
import type { FindingState, SeenResult } from './finding.query.ts';
import { type Cell, cellKey } from '../../fleet/tasks/cell.ts';

interface PresentFinding {
  id: string;
  key: string;
  state: FindingState;
  severity: Severity;
  seen: readonly SeenResult[];
}

/**
 * The finding that explains what one server saw at one place: an open one rather than a pending one, then one that
 * rests on the result rather than one from which it follows, then the worst.
 */
export function cellFindings(present: readonly PresentFinding[]): (place: Cell) => CellFinding | null {
  const parts = present.flatMap((finding) => finding.seen.map((part) => ({ finding, part })));
  const best = new Map<string, CellFinding>();
  for (const { finding, part } of parts.toSorted((a, b) => rank(a) - rank(b))) {
    const { id, key, state } = finding;
    if (state !== 'closed' && !best.has(cellKey(part))) best.set(cellKey(part), { id, key, state });
  }
  return (place) => best.get(cellKey(place)) ?? null;
}

const rank = ({ finding, part }: { finding: PresentFinding; part: SeenResult }): number =>
  (finding.state === 'open' ? 0 : 20) + (part.basis ? 0 : 10) + severityRank(finding.severity);
