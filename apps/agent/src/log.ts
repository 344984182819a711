import { logLineText, withoutTokens } from '@mailpath/terminal';

export type LogField = string | number | boolean | null;
export type LogFields = Readonly<Record<string, LogField>>;

/**
 * One line per event: `time`, `level`, `event`, ids as fields; of the shape that the API's log has, and of our own
 * making (ADR 70). Nothing secret and no message bodies go in here.
 */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** The longest text of a field; a stack is the longest. */
const TEXT_MAX = 8_000;

/** JSON, which files, journald and the Windows service get; a terminal gets lines for people. */
export function createLog(write: (line: string) => void = toStdout, now: () => Date = () => new Date()): Log {
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}): void => {
      const line = { time: now().toISOString(), level, event };
      for (const [name, value] of Object.entries(fields))
        Object.assign(line, { [name]: typeof value === 'string' ? cleanText(value) : value });
      write(`${JSON.stringify(line)}\n`);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

function toStdout(json: string): void {
  const { stdout } = process;
  stdout.write(stdout.isTTY ? logLineText(JSON.parse(json), stdout) : json);
}

/** Cut first: the search for what looks like a secret takes as long as its text. */
const cleanText = (text: string): string => withoutTokens(text.slice(0, TEXT_MAX).toWellFormed());

/** The text of anything thrown, on one line. */
export function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replace(/\s+/g, ' ').trim().slice(0, 500);
}

/** An id that the other end made, for the log: letters, digits and `.:_-`, 64 at most; null where none came. */
export function idText(header: string | string[] | undefined): string | null {
  const text = typeof header === 'string' ? header.slice(0, 64).replace(/[^\w.:-]/g, '') : '';
  return text === '' ? null : text;
}
