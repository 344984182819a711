import type { StoredResult } from '../api/types.ts';
import { webLinesOf } from './web-lines.ts';

type Result = StoredResult['result'];
type Fact = string | number | boolean | null | undefined;
type Group = Record<string, Fact | readonly Fact[]>;

const groupOf = ({ evidence }: Result, name: string): Group => (evidence[name] ?? {}) as Group;
const linesIn = (group: Group, name: string): string[] => {
  const value = group[name];
  return Array.isArray(value)
    ? value.map(String)
    : value === null || value === undefined
      ? []
      : [String(value)];
};
const said = (lines: readonly string[]): string[] => lines.map((line) => `S: ${line}`);

/** What both ends said, `C:` ours and `S:` theirs; put together from what was kept where no dialogue was. */
export function transcriptOf(result: Result): string[] {
  const [smtp, imap, pop3] = (['smtp', 'imap', 'pop3'] as const).map((name) => groupOf(result, name)) as [
    Group,
    Group,
    Group,
  ];
  const dialogue = linesIn(groupOf(result, 'dialogue'), 'lines');
  const ehlo = said(linesIn(smtp, 'ehlo'));
  const startTls = said(linesIn(smtp, 'startTls'));
  // Of SMTP the dialogue begins after TLS: what was said in the open before stands apart.
  const open = [
    ...said(linesIn(smtp, 'greeting')),
    ...(ehlo.length > 0 ? ['C: EHLO', ...ehlo] : []),
    ...(startTls.length > 0 ? ['C: STARTTLS', ...startTls] : []),
  ];
  if (dialogue.length > 0) return [...webLinesOf(result), ...open, ...dialogue];
  return [
    ...webLinesOf(result),
    ...open,
    ...said(linesIn(smtp, 'ehloAfterTls')),
    ...said(linesIn(imap, 'greeting')),
    ...said(linesIn(imap, 'capability')),
    ...said(linesIn(pop3, 'greeting')),
    ...said(linesIn(pop3, 'capa')),
    ...said(linesIn(groupOf(result, 'unexpected'), 'line')),
  ];
}

/** What differs by nature between two connections: times, front ends, sizes and hashes of credentials, ids. */
const BY_NATURE: readonly RegExp[] = [
  /\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT)/g,
  /\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/g,
  /\b[A-Z]{2}\dPR\d\d[A-Z]{2}\d{4}\b/g,
  /\[\d{1,6} (?:characters|bytes)[^\]]{0,40}\]/g,
  /\[[\w+/]{40,400}={0,2}\]/g,
  /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g,
  /\[\d{1,3}(?:\.\d{1,3}){3}\]/g,
];
const gist = (line: string): string => BY_NATURE.reduce((text, nature) => text.replaceAll(nature, '…'), line);

export interface Pair {
  own: string | null;
  other: string | null;
  differs: boolean;
}

/** Two transcripts line by line: what both have stands side by side, and what one has alone is marked. */
export function aligned(own: readonly string[], other: readonly string[]): Pair[] {
  const mine = own.map(gist);
  const theirs = other.map(gist);
  // The longest common run of lines from each place on.
  const common = Array.from({ length: mine.length + 1 }, () =>
    Array.from({ length: theirs.length + 1 }, () => 0),
  );
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = mine.length - 1; i >= 0; i--)
    for (let j = theirs.length - 1; j >= 0; j--) {
      const row = common[i] as number[];
      row[j] = mine[i] === theirs[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  let alone: { own: string[]; other: string[] } = { own: [], other: [] };
  const flush = (): void => {
    for (let k = 0; k < Math.max(alone.own.length, alone.other.length); k++)
      pairs.push({ own: alone.own[k] ?? null, other: alone.other[k] ?? null, differs: true });
    alone = { own: [], other: [] };
  };
  while (i < mine.length || j < theirs.length) {
    if (i < mine.length && j < theirs.length && mine[i] === theirs[j]) {
      flush();
      pairs.push({ own: own[i++] ?? null, other: other[j++] ?? null, differs: false });
    } else if (j >= theirs.length || (i < mine.length && at(i + 1, j) >= at(i, j + 1)))
      alone.own.push(own[i++] ?? '');
    else alone.other.push(other[j++] ?? '');
  }
  flush();
  return pairs;
}
