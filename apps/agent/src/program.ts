import net from 'node:net';
import { Command, CommanderError } from 'commander';
import { CannotRun } from './cannot-run.ts';
import { checkCommand } from './commands/check.command.ts';
import { compareCommand } from './commands/compare.command.ts';
import { enrolCommand } from './commands/enrol.command.ts';
import { runCommand } from './commands/run.command.ts';
import { statusCommand } from './commands/status.command.ts';
import { plainText } from '@mailpath/terminal';
import { thirdPartyNotices } from './third-party-notices.ts';
import { AGENT_VERSION } from './version.ts';

/** Good; something failed; could not run. */
export const EXIT = { good: 0, failed: 1, couldNotRun: 2, interrupted: 130 } as const;

/** Runs one command line. What cannot run says so in exactly one line on stderr. */
export async function main(args: readonly string[]): Promise<void> {
  // Node gives each address of a name 250 ms and then gives it up; farther APIs than that would not be reached at all.
  net.setDefaultAutoSelectFamilyAttemptTimeout(5_000);
  // A reader that went away (`… | head`) is no error of ours, and there is nobody left to tell.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? EXIT.good : EXIT.couldNotRun),
  );
  try {
    await program().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    if (!(error instanceof CommanderError) && !(error instanceof CannotRun)) throw error;
    process.stderr.write(`mailpath-agent: ${shown(error.message)}\n`);
    process.exitCode = EXIT.couldNotRun;
  }
}

function program(): Command {
  const root = new Command('mailpath-agent')
    .description('Says at which step this server cannot reach Microsoft 365 mail, and reports it.')
    .version(AGENT_VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('--licenses', 'print the licences of the software that is built in')
    .helpCommand(false)
    .showSuggestionAfterError(false);
  const commands = [checkCommand(), compareCommand(), enrolCommand(), runCommand(), statusCommand()];
  for (const command of commands) root.addCommand(command);
  root.argument('[command]').action((name: string | undefined, { licenses }: { licenses?: boolean }) => {
    if (licenses && name === undefined) return void process.stdout.write(thirdPartyNotices());
    const names = commands.map((command) => command.name()).join(', ');
    throw new CannotRun(
      `${name === undefined ? 'no command given' : `unknown command "${name}"`}: use one of ${names} (mailpath-agent --help tells more)`,
    );
  });
  for (const command of [root, ...commands]) {
    command.exitOverride((error) => {
      if (error.exitCode === 0) throw error;
      const help = `mailpath-agent ${command === root ? '' : `${command.name()} `}--help`;
      throw new CannotRun(`${shown(error.message).replace(/^error: /, '')} (${help} tells more)`);
    });
    // Said once, by main(), in one line.
    command.configureOutput({ writeErr: () => undefined });
  }
  return root;
}

/**
 * On one line, without what a terminal would obey, and without what may be secret of the words that it repeats: the
 * code, and a proxy's password.
 */
const shown = (text: string): string =>
  plainText(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(error: unknown option '[^=']*)=.*'$/, "$1'")
    .replace(/( but got \d+): .*$/s, '$1.')
    .replaceAll(/(?<![^\s"'/])[^\s"'/@:]+:[^\s"'/@]*@/g, '[secret]@');
