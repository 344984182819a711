import { accessSync, closeSync, constants, openSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Bilingual } from '@mailpath/protocol';
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
  // Of what cannot be printed main() speaks.
  if (file === null) return void process.stdout.write(`${text}\n`, (error) => (error ? undefined : then()));
  try {
    writeFileSync(file, `${text}\n`);
  } catch (error) {
    throw notWritten('--output', file, error);
  }
  then();
}

/** Refuses a file that is named twice: what is written first would be lost. `named`: by what each is named. */
export function refuseSameFile(named: readonly (readonly [argument: string, file: string | null])[]): void {
  const seen = new Map<string, string>();
  for (const [argument, file] of named) {
    if (file === null) continue;
    const place = placeOf(file);
    const first = seen.get(place);
    if (first !== undefined)
      throw new CannotRun({
        en: `${argument} ${file}: this is the file of ${first} as well; name another file`,
        ja: `${argument} ${file}: ${first} と同じファイルです。別のファイルを指定してください`,
      });
    seen.set(place, argument);
  }
}

function placeOf(file: string): string {
  const whole = path.resolve(file);
  try {
    return realpathSync.native(whole);
  } catch {
    // It is to be made.
    return whole;
  }
}

/** Why nothing could be printed. */
export function notPrinted(error: unknown): Bilingual {
  const why = fileFault(error);
  return {
    en: `the standard output cannot be written (${why.en}); name a file with --output`,
    ja: `標準出力に書き込めません (${why.ja})。--output でファイルを指定してください`,
  };
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
