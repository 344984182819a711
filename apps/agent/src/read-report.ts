import { readFileSync, statSync } from 'node:fs';
import { ServerReport } from '@mailpath/protocol';
import { CannotRun } from './cannot-run.ts';

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
  throw new CannotRun(
    `${file}: ${field ? `${field}: ` : ''}${issue?.message}; give a file that mailpath-agent check --json wrote`,
  );
}

function readJson(file: string): unknown {
  try {
    const { size } = statSync(file);
    if (size > LARGEST_BYTES) throw new Error(`larger than ${LARGEST_BYTES / 1024 / 1024} MiB`);
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    const why = error instanceof SyntaxError ? 'not JSON' : (error as Error).message;
    throw new CannotRun(`${file}: ${why}; give a file that mailpath-agent check --json wrote`, {
      cause: error,
    });
  }
}
