import { createLog, type Log } from '../log.ts';

export interface LogLine {
  level: string;
  event: string;
  [field: string]: unknown;
}

/** A real log whose lines are kept to be read. */
export function keptLog(): { log: Log; lines: LogLine[]; events: () => string[] } {
  const lines: LogLine[] = [];
  const log = createLog((line) => void lines.push(JSON.parse(line) as LogLine));
  return { log, lines, events: () => lines.map((line) => line.event) };
}
