import type { Facts } from '../check.ts';
import { evidenceLines } from '../evidence-text.ts';

/**
 * Of a long dialogue the beginning and the end are kept. Together with a line between them they fill one list of
 * evidence.
 */
const FIRST_LINES = 40;
const LAST_LINES = 23;

/** What both sides said, as it may be shown. */
export class Transcript {
  readonly #lines: string[] = [];
  #leftOut = 0;
  #content: { side: 'C' | 'S'; bytes: number } | null = null;

  /** Notes a line, or, where nothing of it may be shown, only its bytes. */
  note(side: 'C' | 'S', shown: string | null, bytes: number): void {
    if (shown === null) {
      if (this.#content?.side !== side) this.#closeContent();
      this.#content = { side, bytes: (this.#content?.bytes ?? 0) + bytes };
      return;
    }
    this.#closeContent();
    this.#keep(`${side}: ${shown}`);
  }

  /** What was said, fit for evidence. */
  facts(): Facts<'dialogue'> {
    this.#closeContent();
    const last = this.#lines.slice(FIRST_LINES);
    const between = this.#leftOut > 0 ? [`(${this.#leftOut} lines left out)`] : [];
    return { lines: evidenceLines([...this.#lines.slice(0, FIRST_LINES), ...between, ...last]) };
  }

  #closeContent(): void {
    const content = this.#content;
    this.#content = null;
    if (content) this.#keep(`${content.side}: [${content.bytes} bytes]`);
  }

  #keep(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length <= FIRST_LINES + LAST_LINES) return;
    this.#lines.splice(FIRST_LINES, 1);
    this.#leftOut += 1;
  }
}
