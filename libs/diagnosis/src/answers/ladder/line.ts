/** Longer than any line that a table knows; the rest of a longer one is not looked at. */
const LINE_MAX = 1024;

/**
 * One line with single spaces: of a reply of several lines the line ends, and of a hostile one every control character,
 * count as space.
 */
export function plain(line: string): string {
  return line
    .slice(0, LINE_MAX)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

/**
 * What stands outside of brackets: Microsoft puts server names and traces into them, which say nothing of the fault.
 */
export function withoutTraces(line: string): string {
  let out = '';
  let depth = 0;
  for (const sign of line) {
    if (sign === '[') depth += 1;
    if (depth === 0) out += sign;
    if (sign === ']' && depth > 0) depth -= 1;
  }
  return out;
}

/** The words of letters, in lower case, in their order. */
export const wordsOf = (line: string): string[] => line.toLowerCase().split(/[^a-z]+/);
