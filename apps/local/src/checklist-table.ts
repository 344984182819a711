import type { Checklist, ChecklistEntry, Readiness, SettingState } from '@mailpath/protocol';
import { textTable } from './text-table.ts';
import { columnsOf, wrapText } from './wrap-text.ts';

/** The widest line. */
const WIDTH = 110;
const NAME_WIDTH = 34;
/** Of the first column's heading in the table of readiness. */
const HEAD_WIDTH = 28;

const MARK: Record<SettingState, string> = { holds: 'holds', broken: 'BROKEN', 'cannot-tell': 'cannot tell' };
const STATE: Record<Readiness['state'], string> = {
  ready: 'ready',
  'not-ready': 'NOT READY',
  'cannot-tell': 'cannot tell',
};
const WORST_FIRST: readonly SettingState[] = ['broken', 'cannot-tell', 'holds'];

/** Every item with its verdicts, and last whether sending goes on without basic authentication: what fits on one screen. */
export function checklistOverview({ entries, readiness }: Pick<Checklist, 'entries' | 'readiness'>): string {
  const withoutBasic = [
    'SMTP',
    wrapped('Ready for the end of basic authentication', NAME_WIDTH),
    readyOf(readiness),
  ];
  return overview(entries, readiness.length > 0 ? [withoutBasic] : []);
}

/** Every item with its verdicts, the worst first, and below it what to do about each that does not hold. */
export function checklistTable({ entries, readiness }: Pick<Checklist, 'entries' | 'readiness'>): string {
  const parts = [
    overview(entries, []),
    ...entries.filter(({ verdict }) => verdict === 'broken').map(inFull),
    ...entries.filter(({ verdict }) => verdict === 'cannot-tell').map(inFull),
    ...(readiness.length > 0 ? [ready(readiness)] : []),
  ];
  return parts.join('\n\n');
}

const wrapped = (text: string, width: number): string => wrapText(text, width).join('\n');

function overview(entries: readonly ChecklistEntry[], more: readonly string[][]): string {
  const rows = [...Map.groupBy(entries, (entry) => entry.item)].map(([item, own]) => [
    item,
    wrapped(own[0]?.title ?? '', NAME_WIDTH),
    wrapped(verdictsOf(own), WIDTH - NAME_WIDTH - 8),
  ]);
  return textTable({ head: ['item', 'what', 'verdict'], rows: [...rows, ...more] });
}

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

function inFull({ item, subject, verdict, sentence, nextStep, statements }: ChecklistEntry): string {
  const from = statements.length > 0 ? ` [${statements.join(', ')}]` : '';
  const text = [`${sentence}${from}`, ...(nextStep === null ? [] : [`→ ${nextStep}`])];
  const lines = text.flatMap((one) => wrapText(one, WIDTH - 4)).map((line) => `    ${line}`);
  return [`${MARK[verdict]}  ${item}  ${subject.name}`, ...lines].join('\n');
}

function ready(readiness: readonly Readiness[]): string {
  const widest = Math.max(...readiness.map(({ mailbox, server }) => columnsOf(`${mailbox} on ${server}`)));
  const first = Math.max(HEAD_WIDTH, Math.min(widest + 2, NAME_WIDTH));
  const rows = readiness.map(({ mailbox, server, state, sentence }) => [
    wrapped(`${mailbox} on ${server}`, first),
    STATE[state],
    wrapped(sentence, WIDTH - first - 15),
  ]);
  const table = textTable({ head: ['without basic authentication', 'state', 'why'], rows });
  // Most of them say the same, so each is told once.
  const nextSteps = new Set(
    readiness.flatMap(({ nextStep }) => (nextStep === null ? [] : [`→ ${nextStep}`])),
  );
  return [table, ...[...nextSteps].flatMap((one) => wrapText(one, WIDTH))].join('\n');
}
