/** The rows of a table as `msiinfo export` prints it: three lines of head, then fields between tabs. */
export const rowsOf = (exported: string): string[][] =>
  exported
    .split(/\r?\n/)
    .slice(3)
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
