import type { Language } from '@mailpath/protocol';
import { Command, Help, type Option } from 'commander';
import { CALLED } from './called-as.ts';

/** Picks the text of a language. */
export const inLanguage =
  (language: Language) =>
  (en: string, ja: string): string =>
    language === 'ja' ? ja : en;

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '使い方:',
  'Arguments:': '引数:',
  'Options:': 'オプション:',
  'Commands:': 'コマンド:',
};

const inJapanese = (usage: string): string =>
  usage.replace('[options]', '[オプション]').replace('<command>', '<コマンド>');

/** The words that commander has in English only. */
class JapaneseHelp extends Help {
  override styleTitle(title: string): string {
    return TITLES[title] ?? title;
  }
  override commandUsage(command: Command): string {
    return inJapanese(super.commandUsage(command));
  }
  override subcommandTerm(command: Command): string {
    return inJapanese(super.subcommandTerm(command));
  }
  override optionDescription(option: Option): string {
    const value: unknown = option.defaultValue;
    const shown = value === undefined || value === false ? '' : ` (既定値: ${value as string})`;
    return `${option.description}${shown}`;
  }
}

/** A command whose help is in that language. */
export function commandIn(language: Language, name: string): Command {
  const command = new Command(name).helpOption(
    '-h, --help',
    inLanguage(language)('print this help', 'このヘルプを表示する'),
  );
  if (language === 'ja')
    command.createHelp = () => Object.assign(new JapaneseHelp(), command.configureHelp());
  return command;
}

/** Examples below the help: what to type, and what that is for. */
export function examples(language: Language, lines: readonly (readonly [string, string])[]): string {
  const shown = lines.map(([words, purpose]) => `  ${CALLED} ${words}\n      ${purpose}`);
  return `\n${inLanguage(language)('Examples:', '例:')}\n${shown.join('\n')}`;
}

export const collect = (value: string, before: string[] = []): string[] => [...before, value];
