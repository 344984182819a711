import { readFileSync, statSync } from 'node:fs';
import { type Bilingual, BilingualError, saidBy, ServerReport } from '@mailpath/protocol';
import { CALLED } from './called-as.ts';
import { CannotRun } from './cannot-run.ts';
import { fileFault } from './file-fault.ts';
import { shellText } from './shell-text.ts';

/** A round of a few dozen checks is some hundred kilobytes. */
const LARGEST_BYTES = 16 * 1024 * 1024;
const TOO_LARGE: Bilingual = { en: 'larger than 16 MiB', ja: '16 MiB を超えています' };
const NOT_JSON: Bilingual = { en: 'not JSON', ja: 'JSON ではありません' };
/** What follows from the results is concluded anew, by what is known today. */
const Compared = ServerReport.pick({ server: true, results: true });
export type ComparedReport = Pick<ServerReport, 'server' | 'results'>;

/** Reads what `check --json` printed, or refuses with one line that names the file, the field and the remedy. */
export function readReport(file: string): ComparedReport {
  const parsed = Compared.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.');
  const why = `${field ? `${field}: ` : ''}${issue?.message}`;
  throw notAReport(file, { en: why, ja: why });
}

const notAReport = (file: string, why: Bilingual, cause?: unknown): CannotRun =>
  new CannotRun(
    {
      en: `${file}: ${why.en}; give a file that ${CALLED} check --json wrote`,
      ja: `${file}: ${why.ja}。${CALLED} check --json が出力したファイルを指定してください`,
    },
    { cause },
  );

function readJson(file: string): unknown {
  try {
    const { size } = statSync(file);
    if (size > LARGEST_BYTES) throw new BilingualError(TOO_LARGE);
    return JSON.parse(shellText(readFileSync(file))) as unknown;
  } catch (error) {
    // A TypeError comes from bytes that are no text.
    const notJson = error instanceof SyntaxError || error instanceof TypeError;
    const why = error instanceof BilingualError ? saidBy(error) : fileFault(error);
    throw notAReport(file, notJson ? NOT_JSON : why, error);
  }
}
