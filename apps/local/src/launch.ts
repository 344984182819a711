import type { Language } from '@mailpath/protocol';
import { type Screen, screenOf } from '@mailpath/terminal';
import { Parts } from './parts.ts';

export const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** What a file shows as well as a terminal: five servers beside each other. */
const FILE_WIDTH = 140;

/** Where text goes: as wide as the terminal is, within what can still be read. */
export function localScreen(language: Language): Screen {
  const screen = screenOf(process.stdout, language, FILE_WIDTH);
  return { ...screen, width: Math.min(160, screen.width) };
}

/**
 * Runs a launcher to its end, which is a signal or the end of `run`, and stops its parts in any case. What could not go
 * on is told in one sentence, worded by `explain`, with exit code 1.
 */
export async function launch(
  run: (parts: Parts) => Promise<void>,
  { stopping, explain }: { stopping: string; explain: (error: Error) => string },
): Promise<void> {
  const parts = new Parts();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (!parts.areStopping) say(`\n${stopping}`);
      void parts.stop().then(() => process.exit(0));
    });
  try {
    await run(parts);
  } catch (error) {
    // A stop that was asked for breaks whatever was under way; that is no fault to report.
    if (!parts.areStopping) {
      process.stderr.write(
        `\nMailpath could not go on: ${error instanceof Error ? explain(error) : String(error)}\n`,
      );
      process.exitCode = 1;
    }
  }
  await parts.stop();
}
