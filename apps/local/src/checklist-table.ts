import { type Checklist, type ChecklistEntry, type Readiness, WORST_STATE_FIRST } from '@mailpath/protocol';
import { languageOf, type Screen, textTable } from '@mailpath/terminal';
import { WORDS } from './words.ts';

/** The widest line: more is hard to read. */
const WIDEST = 110;
type Words = (typeof WORDS)['en']['checklist'];

/**
 * Every item with its verdicts, and last whether sending goes on without basic authentication: what fits on one screen.
 */
export function checklistTable(
  { entries, readiness }: Pick<Checklist, 'entries' | 'readiness'>,
  screen: Screen,
): string {
  const words = WORDS[languageOf(screen)].checklist;
  const rows = [...Map.groupBy(entries, (entry) => entry.item)].map(([item, own]) => [
    item,
    own[0]?.title ?? '',
    verdictsOf(own, words),
  ]);
  const withoutBasic = ['SMTP', words.readyForEnd, readyOf(readiness, words)];
  const { item, what, verdict } = words.head;
  return textTable({
    head: [item, what, verdict],
    rows: readiness.length > 0 ? [...rows, withoutBasic] : rows,
    width: Math.min(WIDEST, screen.width),
  });
}

/** `BROKEN: app01; holds: svc01, svc02`; the name is left out where the item has the site for its only subject. */
function verdictsOf(entries: readonly ChecklistEntry[], words: Words): string {
  const groups = Map.groupBy(entries, ({ verdict }) => verdict);
  return WORST_STATE_FIRST.flatMap((verdict) => {
    const own = groups.get(verdict);
    if (!own) return [];
    const names = own.map(({ subject }) => subject.name).join(', ');
    return [own[0]?.subject.kind === 'site' ? words.verdict[verdict] : `${words.verdict[verdict]}: ${names}`];
  }).join('; ');
}

/** `NOT READY: sales@example.com on app03; ready: all others`. */
function readyOf(readiness: readonly Readiness[], words: Words): string {
  const groups = Map.groupBy(readiness, ({ state }) => state);
  const parts = (['not-ready', 'cannot-tell', 'ready'] as const).flatMap((state) => {
    const own = groups.get(state);
    if (!own) return [];
    const places = own.map(({ mailbox, server }) => words.at(mailbox, server));
    const all = state === 'ready' && groups.size > 1 ? words.allOthers : places.join(', ');
    return [`${words.readiness[state]}: ${all}`];
  });
  return groups.size === 1 ? words.readiness[readiness[0]?.state ?? 'ready'] : parts.join('; ');
}
