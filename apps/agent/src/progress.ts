import type { WriteStream } from 'node:tty';
import type { RoundProgress } from '@mailpath/checks';

export interface Progress {
  show: (event: RoundProgress) => void;
  /** Removes what is on the screen. */
  clear(): void;
}

/** One line that rewrites itself: how many are done, and where the others are. Only on a terminal. */
export function showProgress(
  total: number,
  stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'> | null,
): Progress {
  if (!stream?.isTTY) return { show: () => undefined, clear: () => undefined };
  const running = new Map<string, string>();
  let done = 0;
  const clear = (): void => void stream.write('\r\u001b[2K');
  return {
    clear,
    show(event) {
      const key = `${event.task.check} ${event.task.target.name}`;
      if ('result' in event) {
        // a second look is no further check
        if (event.result.repeats === null) done += 1;
        running.delete(key);
      } else {
        running.set(key, `${event.task.check}: ${event.phase}`);
      }
      const line = `${done} of ${total} checks done  ${[...running.values()].join(', ')}`;
      clear();
      stream.write(line.slice(0, (stream.columns || 80) - 1));
    },
  };
}
