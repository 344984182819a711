import type { ChecklistEntry } from '../api/types.ts';

/** What is said alike of several subjects is said once. */
export interface Line {
  entry: ChecklistEntry;
  subjects: string[];
}
export interface Item {
  item: string;
  title: string;
  lines: Line[];
}

/** The entries by their item, in the order of the checklist. */
export function byItem(entries: readonly ChecklistEntry[]): Item[] {
  const items = new Map<string, Item>();
  for (const entry of entries) {
    const item = items.get(entry.item) ?? { item: entry.item, title: entry.title, lines: [] };
    items.set(entry.item, item);
    const alike = item.lines.find(
      ({ entry: { verdict, sentence, nextStep } }) =>
        verdict === entry.verdict && sentence === entry.sentence && nextStep === entry.nextStep,
    );
    if (alike) alike.subjects.push(entry.subject.name);
    else item.lines.push({ entry, subjects: [entry.subject.name] });
  }
  return [...items.values()];
}

/** How many items hold as a whole, are broken somewhere, or cannot be told somewhere and are broken nowhere. */
export function counted(items: readonly Item[]): Record<ChecklistEntry['verdict'], number> {
  const count = { holds: 0, broken: 0, 'cannot-tell': 0 };
  for (const { lines } of items) {
    const has = (verdict: ChecklistEntry['verdict']): boolean =>
      lines.some(({ entry }) => entry.verdict === verdict);
    count[has('broken') ? 'broken' : has('cannot-tell') ? 'cannot-tell' : 'holds'] += 1;
  }
  return count;
}
