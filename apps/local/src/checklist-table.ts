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

/** Every item with its verdicts, the worst first, and below it what to do about each that does not hold. */
export function checklistTable({ entries, readiness }: Pick<Checklist, 'entries' | 'readiness'>): string {
  const parts = [
    overview(entries),
    ...entries.filter(({ verdict }) => verdict === 'broken').map(inFull),
    ...entries.filter(({ verdict }) => verdict === 'cannot-tell').map(inFull),
    ...(readiness.length > 0 ? [ready(readiness)] : []),
  ];
  return parts.join('\n\n');
}

const wrapped = (text: string, width: number): string => wrapText(text, width).join('\n');

function overview(entries: readonly ChecklistEntry[]): string {
  const rows = [...Map.groupBy(entries, (entry) => entry.item)].map(([item, own]) => [
    item,
    wrapped(own[0]?.title ?? '', NAME_WIDTH),
    wrapped(verdictsOf(own), WIDTH - NAME_WIDTH - 8),
  ]);
  return textTable({ head: ['item', 'what', 'verdict'], rows });
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
