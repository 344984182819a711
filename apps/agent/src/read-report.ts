import { readFileSync, statSync } from 'node:fs';
import { ServerReport } from '@mailpath/protocol';
import { CALLED } from './called-as.ts';
import { CannotRun } from './cannot-run.ts';
import { shellText } from './shell-text.ts';

/** A round of a few dozen checks is some hundred kilobytes. */
const LARGEST_BYTES = 16 * 1024 * 1024;
/** What follows from the results is concluded anew, by what is known today. */
const Compared = ServerReport.pick({ server: true, results: true });
export type ComparedReport = Pick<ServerReport, 'server' | 'results'>;

/** Reads what `check --json` printed, or refuses with one line that names the file, the field and the remedy. */
export function readReport(file: string): ComparedReport {
  const parsed = Compared.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.');
  throw notAReport(file, `${field ? `${field}: ` : ''}${issue?.message}`);
}

const notAReport = (file: string, why: string, cause?: unknown): CannotRun =>
  new CannotRun(
    {
      en: `${file}: ${why}; give a file that ${CALLED} check --json wrote`,
      ja: `${file}: ${why}。${CALLED} check --json が出力したファイルを指定してください`,
    },
    { cause },
  );

function readJson(file: string): unknown {
  try {
    const { size } = statSync(file);
    if (size > LARGEST_BYTES) throw new Error(`larger than ${LARGEST_BYTES / 1024 / 1024} MiB`);
    return JSON.parse(shellText(readFileSync(file))) as unknown;
  } catch (error) {
    // A TypeError comes from bytes that are no text.
    const notJson = error instanceof SyntaxError || error instanceof TypeError;
    throw notAReport(file, notJson ? 'not JSON' : (error as Error).message, error);
  }
}
