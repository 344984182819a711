import type { Finding } from '@mailpath/protocol';
import type { Concluded } from './open-findings.ts';
import { wrapText } from './wrap-text.ts';

const INDENT = 10;

/** Each open finding: how bad, what, why, who, what to do; lines are wrapped at `width`. Null when there is none. */
export function findingsList({ open, pending }: Concluded, width: number): string | null {
  const one = pending === 1;
  const waiting =
    pending === 0
      ? []
      : [
          `${pending} more ${one ? 'was' : 'were'} seen once, and ${one ? 'opens' : 'open'} with a later round that sees ${one ? 'it' : 'them'} again.`,
        ];
  if (open.length === 0) return waiting[0] ?? null;
  return [...open.map((finding) => inFull(finding, width)), ...waiting].join('\n\n');
}

function inFull(finding: Finding, width: number): string {
  const { severity, confidence, owner, summary, cause, nextStep, consequences, items, statements } = finding;
  const field = (name: string, text: string): string[] =>
    wrapText(text, width - INDENT).map((line, i) => `${(i === 0 ? name : '').padEnd(INDENT)}${line}`);
  return [
    ...field(severity, summary),
    ...field('  cause', `${cause} (${confidence})`),
    ...field('  owner', owner.replaceAll('-', ' ')),
    ...field('  do', nextStep),
    ...(consequences.length > 0 ? field('  follows', followed(consequences)) : []),
    ...field('  list', [...items, ...statements].join(', ')),
  ].join('\n');
}

/** What is no fault of its own: the checks, each with its servers. */
function followed(consequences: Finding['consequences']): string {
  const byCheck = Map.groupBy(consequences, ({ check }) => check);
  return [...byCheck]
    .map(([check, those]) => `${check} on ${[...new Set(those.map(({ server }) => server))].join(', ')}`)
    .join('; ');
}
