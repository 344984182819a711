import type { Value } from './layout.ts';

/** Of one hole: the text that passed, or the span of the numbers that did. */
type Passed = string | { least: number; most: number; fractions: boolean };

/**
 * What a schema has let pass of one layout, value by value. What it asks of a number is a span, and whether it is
 * whole; so a number between two that passed would pass, too. A text passes as it is.
 */
export class PassedValues {
  readonly #passed: Passed[];

  constructor(values: readonly Value[]) {
    this.#passed = values.map((value) =>
      typeof value === 'string' ? value : { least: value, most: value, fractions: !Number.isInteger(value) },
    );
  }

  /** Whether the schema would let these pass, as far as that is known. */
  have(values: readonly Value[]): boolean {
    return values.every((value, i) => {
      const passed = this.#passed[i];
      if (typeof value === 'string' || typeof passed !== 'object') return value === passed;
      return value >= passed.least && value <= passed.most && (passed.fractions || Number.isInteger(value));
    });
  }

  /** The schema has let these pass. */
  add(values: readonly Value[]): void {
    for (const [i, value] of values.entries()) {
      const passed = this.#passed[i];
      if (typeof value === 'string' || typeof passed !== 'object') {
        this.#passed[i] =
          typeof value === 'string'
            ? value
            : { least: value, most: value, fractions: !Number.isInteger(value) };
        continue;
      }
      passed.least = Math.min(passed.least, value);
      passed.most = Math.max(passed.most, value);
      passed.fractions ||= !Number.isInteger(value);
    }
  }
}
