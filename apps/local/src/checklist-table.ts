import type { Checklist, ChecklistEntry, Readiness, SettingState } from '@mailpath/protocol';
import { textTable } from './text-table.ts';
import { wrapText } from './wrap-text.ts';

/** The widest line. */
const WIDTH = 110;
const NAME_WIDTH = 34;

const MARK: Record<SettingState, string> = { holds: 'holds', broken: 'BROKEN', 'cannot-tell': 'cannot tell' };
const STATE: Record<Readiness['state'], string> = {
  ready: 'ready',
  'not-ready': 'NOT READY',
  'cannot-tell': 'cannot tell',
};
const WORST_FIRST: readonly SettingState[] = ['broken', 'cannot-tell', 'holds'];

/** Every item with its verdicts, and last whether sending goes on without basic authentication: what fits on one screen. */
export function checklistTable({ entries, readiness }: Pick<Checklist, 'entries' | 'readiness'>): string {
  const rows = [...Map.groupBy(entries, (entry) => entry.item)].map(([item, own]) => [
    item,
    wrapped(own[0]?.title ?? '', NAME_WIDTH),
    wrapped(verdictsOf(own), WIDTH - NAME_WIDTH - 8),
  ]);
  const withoutBasic = [
    'SMTP',
    wrapped('Ready for the end of basic authentication', NAME_WIDTH),
    readyOf(readiness),
  ];
  return textTable({
    head: ['item', 'what', 'verdict'],
    rows: readiness.length > 0 ? [...rows, withoutBasic] : rows,
  });
}

const wrapped = (text: string, width: number): string => wrapText(text, width).join('\n');

/** `BROKEN: app01; holds: svc01, svc02`; the name is left out where the item has the site for its only subject. */
function verdictsOf(entries: readonly ChecklistEntry[]): string {
  const groups = Map.groupBy(entries, ({ verdict }) => verdict);
  return WORST_FIRST.flatMap((verdict) => {
    const own = groups.get(verdict);
    if (!own) return [];
    const names = own.map(({ subject }) => subject.name).join(', ');
    return [own[0]?.subject.kind === 'site' ? MARK[verdict] : `${MARK[verdict]}: ${names}`];
  }).join('; ');
}

/** `NOT READY: sales@example.com on app03; ready: all others`. */
function readyOf(readiness: readonly Readiness[]): string {
  const groups = Map.groupBy(readiness, ({ state }) => state);
  const parts = (['not-ready', 'cannot-tell', 'ready'] as const).flatMap((state) => {
    const own = groups.get(state);
    if (!own) return [];
    const places = own.map(({ mailbox, server }) => `${mailbox} on ${server}`);
    return [`${STATE[state]}: ${state === 'ready' && groups.size > 1 ? 'all others' : places.join(', ')}`];
  });
  return wrapped(
    groups.size === 1 ? (STATE[readiness[0]?.state ?? 'ready'] ?? '') : parts.join('; '),
    WIDTH - NAME_WIDTH - 8,
  );
}
