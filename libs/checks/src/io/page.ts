import type { CheckRun } from '../check.ts';
import { evidenceText } from '../evidence-text.ts';
import { PathError } from '../path-error.ts';
import type { HttpAnswer } from './http.ts';
import { waitAskedFor } from './http.ts';

const LONGEST_TITLE = 160;
/** Both counts are bounded, so that no page can make the search a long one. */
const TITLE = /<title(?:\s[^<>]{0,100})?>([^<]{0,400})/i;

/** Whether an answer is a page for people: by its type, or by how its body begins. */
export function isPage(contentType: string, text: string): boolean {
  return /^(?:text\/html|application\/xhtml)/i.test(contentType) || /^\s*</.test(text);
}

/** What the page calls itself, on one line; null when it does not. */
export function titleOf(text: string): string | null {
  const words = TITLE.exec(text)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
  return words === '' ? null : evidenceText(words, LONGEST_TITLE);
}

/**
 * The failure for a proxy's login page, a block page or a captive portal where `wanted` was asked for; what it says is
 * kept.
 */
export function pageInstead(answer: HttpAnswer, text: string, wanted: string, run: CheckRun): PathError {
  const title = titleOf(text);
  run.record('unexpected', { line: title ?? evidenceText(text.trim(), 256) });
  const type = answer.contentType || 'no content type';
  const called = title === null ? 'without a title' : `titled "${title}"`;
  return new PathError(
    'unexpected-reply',
    `answered HTTP ${answer.status} with a web page (${type})${waitAskedFor(answer)}: an HTML page ${called}, not ${wanted}, as a proxy or a portal in the way sends`,
  );
}
