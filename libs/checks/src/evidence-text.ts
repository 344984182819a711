import { EVIDENCE_LIST_MAX, EVIDENCE_TEXT_MAX } from '@mailpath/protocol';

/**
 * Text entries of a list are cut shorter than single texts, so that a whole result fits into one frame of the protocol.
 */
const LIST_TEXT_MAX = 256;

// Controls could rewrite a terminal that shows the text, bidirectional marks its meaning, and Postgres refuses NUL.
// oxlint-disable-next-line no-control-regex -- controls are what is looked for
const NOT_SHOWN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Makes what another machine said fit for evidence: one line, nothing invisible, at most `max` UTF-16 units. */
export function evidenceText(text: string, max = EVIDENCE_TEXT_MAX): string {
  const clean = text.replace(NOT_SHOWN, '\ufffd');
  // Cutting may split a surrogate pair, and half a pair is not text.
  return (clean.length > max ? `${clean.slice(0, max - 1)}…` : clean).toWellFormed();
}

/** The same for lines: at most as many as evidence may list. */
export function evidenceLines(lines: readonly string[]): string[] {
  return lines.slice(0, EVIDENCE_LIST_MAX).map((line) => evidenceText(line, LIST_TEXT_MAX));
}
