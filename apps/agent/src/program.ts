import net from 'node:net';
import { type Language, saidBy } from '@mailpath/protocol';
import { type Command, CommanderError } from 'commander';
import { CALLED } from './called-as.ts';
import { commandIn, inLanguage } from './command-words.ts';
import { CannotRun } from './cannot-run.ts';
import { checkCommand } from './commands/check.command.ts';
import { compareCommand } from './commands/compare.command.ts';
import { enrolCommand } from './commands/enrol.command.ts';
import { runCommand } from './commands/run.command.ts';
import { serviceCommand } from './commands/service.command.ts';
import { statusCommand } from './commands/status.command.ts';
import { shellLanguage } from './shell-language.ts';
import { shown } from './shown.ts';
import { notPrinted } from './write-output.ts';
import { thirdPartyNotices } from './third-party-notices.ts';
import { AGENT_VERSION } from './version.ts';

/** Good; something failed; could not run. */
export const EXIT = { good: 0, failed: 1, couldNotRun: 2, interrupted: 130 } as const;

/** Runs one command line. What cannot run says so in exactly one line on stderr. */
export async function main(args: readonly string[]): Promise<void> {
  // Node gives each address of a name 250 ms and then gives it up; farther APIs than that would not be reached at all.
  net.setDefaultAutoSelectFamilyAttemptTimeout(5_000);
  const language = shellLanguage(args);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that went away (`… | head`) is no error of ours, and there is nobody left to tell.
    if (error.code === 'EPIPE') process.exit(EXIT.good);
    process.stderr.write(`mailpath-agent: ${notPrinted(error)[language]}\n`);
    process.exit(EXIT.couldNotRun);
  });
  const refusal = await refusalOf(args, language);
  if (refusal === null) return;
  process.stderr.write(`mailpath-agent: ${refusal}\n`);
  process.exitCode = EXIT.couldNotRun;
}

/** Runs a command line, and answers in one line why it cannot be run; null for one that could. */
export async function refusalOf(args: readonly string[], language: Language): Promise<string | null> {
  try {
    await program(args, language).parseAsync(args, { from: 'user' });
    return null;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return null;
    if (!(error instanceof CommanderError) && !(error instanceof CannotRun)) throw error;
    return shown(saidBy(error)[language], args);
  }
}

function program(args: readonly string[], language: Language): Command {
  const t = inLanguage(language);
  const root = commandIn(language, CALLED)
    .description(
      t(
        'Says at which step this server cannot reach Microsoft 365 mail, and reports it.',
        'このサーバーが Microsoft 365 メールに到達できない段階を示し、報告します。',
      ),
    )
    .version(AGENT_VERSION, '-V, --version', t('print the version', 'バージョンを表示する'))
    .option(
      '--licenses',
      t(
        'print the licences of the software that is built in',
        '組み込まれたソフトウェアのライセンスを表示する',
      ),
    )
    .usage('[options] <command>')
    .helpCommand(false)
    .showSuggestionAfterError(false);
  const commands = [
    checkCommand,
    compareCommand,
    enrolCommand,
    runCommand,
    serviceCommand,
    statusCommand,
  ].map((make) => make(language));
  for (const command of commands) root.addCommand(command);
  root.argument('[command]').action((name: string | undefined, { licenses }: { licenses?: boolean }) => {
    if (licenses && name === undefined) return void process.stdout.write(thirdPartyNotices());
    const names = commands.map((command) => command.name()).join(', ');
    throw new CannotRun({
      en: `${name === undefined ? 'no command given' : `unknown command "${name}"`}: use one of ${names} (${CALLED} --help tells more)`,
      ja: `${name === undefined ? 'コマンドがありません' : `不明なコマンド "${name}"`}: 次のいずれかを使用してください: ${names} (詳細: ${CALLED} --help)`,
    });
  });
  for (const command of [root, ...commands]) {
    refuseTwice(command);
    command.exitOverride((error) => {
      if (error.exitCode === 0) throw error;
      const help = `${CALLED} ${command === root ? '' : `${command.name()} `}--help`;
      const text = shown(error.message, args).replace(/^error: /, '');
      refuseValue(command, error.code, args, help);
      throw new CannotRun({
        en: `${text} (${help} tells more)`,
        ja: `${inJapanese(error.code, text)} (詳細: ${help})`,
      });
    });
    // Said once, by main(), in one line.
    command.configureOutput({ writeErr: () => undefined });
  }
  return root;
}

/** Of a value that is given twice commander would keep the last, in silence. Options that collect may be repeated. */
function refuseTwice(command: Command): void {
  for (const option of command.options.filter(({ required, parseArg }) => required && !parseArg)) {
    let given = 0;
    command.on(`option:${option.name()}`, () => {
      given += 1;
      if (given > 1)
        throw new CannotRun({
          en: `${option.long}: given twice; give it once`,
          ja: `${option.long}: 2 回指定されています。1 回だけ指定してください`,
        });
    });
  }
}

/** Of a switch with a value commander says that it does not know the switch. */
function refuseValue(command: Command, code: string, args: readonly string[], help: string): void {
  if (code !== 'commander.unknownOption') return;
  const named = command.options.find(({ long }) => args.some((arg) => arg.startsWith(`${long}=`)));
  if (named === undefined || named.required) return;
  throw new CannotRun({
    en: `${named.long} has no value: leave out what stands behind its name (${help} tells more)`,
    ja: `${named.long} に値は指定できません。名前だけを指定してください (詳細: ${help})`,
  });
}

/** What commander finds wrong. Its own sentence has the words that were given in quotes, or the numbers of them. */
const JAPANESE: Readonly<Record<string, (given: readonly string[]) => string>> = {
  'commander.unknownOption': ([option]) => `不明なオプション: ${option}`,
  'commander.optionMissingArgument': ([option]) => `オプションの値がありません: ${option}`,
  'commander.missingArgument': ([name]) => `引数がありません: ${name}`,
  'commander.excessArguments': ([expected, got]) => `引数が多すぎます (${expected} 個のところ ${got} 個)`,
};

function inJapanese(code: string, text: string): string {
  const given = code === 'commander.excessArguments' ? text.match(/\d+/g) : text.match(/(?<=')[^']+(?=')/g);
  return JAPANESE[code]?.(given ?? [text]) ?? `コマンド ラインの誤り: ${text}`;
}
