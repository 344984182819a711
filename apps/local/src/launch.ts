import { Language } from '@mailpath/protocol';
import { type Screen, screenOf } from '@mailpath/terminal';
import { type CommandLine, readCommandLine, type Usage } from './command-line.ts';
import { Parts } from './parts.ts';

export const say = (line = ''): void => void process.stdout.write(`${line}\n`);

/** What a file shows as well as a terminal: five servers beside each other. */
const FILE_WIDTH = 140;

/** Where text goes: as wide as the terminal is, within what can still be read. */
export function localScreen(language: Language): Screen {
  const screen = screenOf(process.stdout, language, FILE_WIDTH);
  return { ...screen, width: Math.min(160, screen.width) };
}

const NOTHING_SAID: CommandLine = { told: null, flags: new Set() };

interface Launcher {
  /** Without it the words of the command line are the caller's. */
  usage?: Usage;
  /** Said when it is asked to stop. */
  stopping: string;
  explain: (error: Error) => string;
}

/**
 * Runs a launcher to its end, which is a signal or the end of `run`, and stops its parts in any case. What could not go
 * on is told in one sentence, worded by `explain`, with exit code 1. Help, and what it does not know, start nothing.
 */
export async function launch(
  run: (parts: Parts, flags: ReadonlySet<string>) => Promise<void>,
  { usage, stopping, explain }: Launcher,
): Promise<void> {
  // oxlint-disable-next-line node/no-process-env -- a wrong setting must not keep the help from being read
  const language = Language.safeParse(process.env['MAILPATH_LANG']).data ?? 'en';
  const line = usage ? readCommandLine(process.argv.slice(2), usage, language) : NOTHING_SAID;
  if (line.told !== null) {
    (line.exitCode === 0 ? process.stdout : process.stderr).write(`${line.told}\n`);
    process.exitCode = line.exitCode;
    return;
  }
  const parts = new Parts();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (!parts.areStopping) say(`\n${stopping}`);
      void parts.stop().then(() => process.exit(0));
    });
  try {
    await run(parts, line.flags);
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
