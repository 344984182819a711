import type { WriteStream } from 'node:tty';
import type { RoundProgress } from '@mailpath/checks';
import { PHASES } from '@mailpath/diagnosis';
import type { Bilingual, Language, Phase } from '@mailpath/protocol';

export interface Progress {
  show: (event: RoundProgress) => void;
  /** What comes from now on is a second look at so many checks. */
  again: (count: number) => void;
  /** Removes what is on the screen, and says nothing more. */
  end(): void;
}

/** Where there is no terminal, one line after each of these says what is still waited for. */
export const SAY_EVERY_MS = 5_000;

interface Told {
  done: number;
  total: number;
  again: boolean;
  running: string;
}

const told = ({ done, total, again, running }: Told): Bilingual =>
  again
    ? {
        en: `second look: ${done} of ${total} failed checks repeated  ${running}`,
        ja: `再確認: 失敗した ${total} 件のうち ${done} 件が完了  ${running}`,
      }
    : {
        en: `${done} of ${total} checks done  ${running}`,
        ja: `${total} 件のチェックのうち ${done} 件が完了  ${running}`,
      };

const waiting = (text: Bilingual): Bilingual => ({
  en: `mailpath-agent: waiting: ${text.en}\n`,
  ja: `mailpath-agent: 待機中: ${text.ja}\n`,
});

/**
 * How many checks are done, and where the others are: on a terminal one line that rewrites itself, elsewhere a line
 * every five seconds, so that a round in a pipe or a log never looks as if it hung.
 */
export function showProgress(
  total: number,
  stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>,
  language: Language,
): Progress {
  const running = new Map<string, string>();
  let now = { done: 0, total, again: false };
  const text = (): Bilingual => told({ ...now, running: [...running.values()].join(', ') });
  const clear = (): void => void (stream.isTTY && stream.write('\r\u001b[2K'));
  const rewrite = (): void => {
    if (!stream.isTTY) return;
    clear();
    stream.write(text()[language].slice(0, (stream.columns || 80) - 1));
  };
  const timer = stream.isTTY
    ? undefined
    : setInterval(() => stream.write(waiting(text())[language]), SAY_EVERY_MS);
  timer?.unref();
  return {
    show(event) {
      const key = `${event.task.check} ${event.task.target.name}`;
      if ('result' in event) {
        now.done += 1;
        running.delete(key);
      } else {
        running.set(key, `${event.task.check}: ${phaseText(event.phase, language)}`);
      }
      rewrite();
    },
    again(count) {
      now = { done: 0, total: count, again: true };
      rewrite();
    },
    end() {
      clearInterval(timer);
      clear();
    },
  };
}

const phaseText = (phase: Phase, language: Language): string =>
  language === 'en' ? phase : `${PHASES[phase][language]} (${phase})`;
