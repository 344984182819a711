import { type LogLine, logLineText } from '@mailpath/terminal';
import { type Logger, pino } from 'pino';
import { correlation } from './correlation.ts';
import { cleanFields, type LogFields, reasonOf } from './log-fields.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';
export type LogLevels = LogLevel | 'fatal';

/** What a library says of itself in words of its own has no better name. */
const NOTE = 'note';

/** Where lines go: a terminal gets them for people, everything else as JSON. */
export type LogStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/**
 * The log of this process: a line an event, with `time`, `level`, `event`, the `area` that wrote it, the ids of what is
 * being done, and its fields, which are bounded and hold no secret (docs/operate.md). Whatever is handed to it, by us
 * or by a library, is made into such a line.
 */
export function createLog(level: LogLevel, stream: LogStream = process.stdout): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'message',
      hooks: {
        logMethod(args: unknown[], method) {
          method.call(this, lineOf(args));
        },
      },
    },
    // Asked of the stream at each line, and not of its descriptor: order is kept with what is printed for people.
    { write: stream.isTTY === true ? toTerminal(stream) : (line: string) => void stream.write(line) },
  );
}

const toTerminal =
  (stream: LogStream) =>
  (json: string): void =>
    void stream.write(logLineText(JSON.parse(json) as LogLine, stream));

/** From what pino is called with: fields, an error or a text, and a text after them. */
function lineOf([first, second]: unknown[]): LogFields {
  const said: LogFields = typeof second === 'string' ? { message: second } : {};
  const { event, ...fields }: LogFields = { ...said, ...fieldsOf(first) };
  return {
    event: typeof event === 'string' ? event : NOTE,
    ...cleanFields({ ...correlation(), ...fields }),
  };
}

/** An error comes without its stack, since anybody may have caused it; who knows better hands one over. */
function fieldsOf(first: unknown): LogFields {
  if (typeof first === 'string') return { message: first };
  if (first instanceof Error) return { reason: reasonOf(first) };
  if (first === null || typeof first !== 'object') return {};
  const { err, ...fields } = first as LogFields;
  return err instanceof Error ? { ...fields, reason: reasonOf(err) } : { ...fields };
}
