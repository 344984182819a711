import { accessSync, closeSync, constants, openSync, rmSync, writeFileSync } from 'node:fs';
import { CannotRun } from './cannot-run.ts';
import { fileFault } from './file-fault.ts';

/**
 * Refuses a file that cannot be written, before a round is spent on it. What is in the file stays until there is
 * something to write.
 */
export function checkOutput(file: string, option = '--output'): void {
  try {
    let isNew = false;
    try {
      accessSync(file, constants.F_OK);
    } catch {
      isNew = true;
    }
    closeSync(openSync(file, 'a'));
    if (isNew) rmSync(file);
  } catch (error) {
    throw notWritten(option, file, error);
  }
}

/**
 * Writes a document as UTF-8 without a byte order mark, whatever the shell would have made of a redirection; with no
 * file, to stdout. `then` is called when it is written.
 */
export function writeOutput(file: string | null, text: string, then: () => void = () => undefined): void {
  if (file === null) return void process.stdout.write(`${text}\n`, then);
  try {
    writeFileSync(file, `${text}\n`);
  } catch (error) {
    throw notWritten('--output', file, error);
  }
  then();
}

/** Writes the report beside what is printed. */
export function writeReport(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw notWritten('--report', file, error);
  }
}

function notWritten(option: string, file: string, error: unknown): CannotRun {
  const why = fileFault(error);
  return new CannotRun(
    {
      en: `${option} ${file}: cannot be written (${why.en}); name another file`,
      ja: `${option} ${file}: 書き込めません (${why.ja})。別のファイルを指定してください`,
    },
    { cause: error },
  );
}
