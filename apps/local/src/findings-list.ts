import { findingText, languageOf, type Screen, wrapText } from '@mailpath/terminal';
import type { Concluded } from './open-findings.ts';
import { WORDS } from './words.ts';

/** Each open finding in full, and how many wait to be confirmed. Null when there is none. */
export function findingsList({ open, pending }: Concluded, screen: Screen): string | null {
  const parts = open.map((finding) => findingText(finding, screen));
  if (pending > 0) {
    parts.push(wrapText(WORDS[languageOf(screen)].waiting(pending), screen.width).join('\n'));
  }
  return parts.length === 0 ? null : parts.join('\n\n');
}
