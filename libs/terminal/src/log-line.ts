import { styleText } from 'node:util';
import { plainText } from './plain-text.ts';

/** One line of a log as it is written to files: when (RFC 3339), how bad, what happened, and its fields. */
export interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly event: string;
  readonly [field: string]: unknown;
}

const STYLES: Readonly<Record<string, Parameters<typeof styleText>[0]>> = {
  debug: 'gray',
  info: 'cyan',
  warn: 'yellow',
  error: 'red',
  fatal: 'red',
};
const LEVEL_WIDTH = 5;

/**
 * The line for a person at a terminal: the local time, the level, the event, then `name=value`; a stack stands below.
 * What a terminal would obey is taken out. `stream` decides about colours, as NO_COLOR and the terminal have it.
 */
export function logLineText(line: LogLine, stream: NodeJS.WritableStream): string {
  const { time, level, event, stack, message, ...fields } = line;
  const words = [
    localTime(time),
    styleText(STYLES[level] ?? 'reset', level.padEnd(LEVEL_WIDTH), { stream }),
    valueText(event),
    ...(typeof message === 'string' ? [plainText(message)] : []),
    ...Object.entries(fields).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [`${plainText(name)}=${valueText(value)}`],
    ),
  ];
  const below = typeof stack === 'string' ? stack.split('\n').map((each) => `  ${plainText(each)}\n`) : [];
  return `${words.join(' ')}\n${below.join('')}`;
}

/** What has blanks stands in quotes, so that it is seen where a value ends. */
function valueText(value: unknown): string {
  const text = plainText(typeof value === 'string' ? value : JSON.stringify(value));
  return typeof value === 'string' && /[\s"=]/.test(text) ? JSON.stringify(text) : text;
}

function localTime(time: string): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return plainText(time);
  const [hours, minutes, seconds] = [at.getHours(), at.getMinutes(), at.getSeconds()].map((each) =>
    String(each).padStart(2, '0'),
  );
  return `${hours}:${minutes}:${seconds}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}
