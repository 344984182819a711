import { parseArgs } from 'node:util';
import type { Bilingual, Language } from '@mailpath/protocol';

/** What a launcher is called, and what can be said to it. */
export interface Usage {
  /** As it is typed, such as `npm start`. */
  readonly command: string;
  readonly does: Bilingual;
  /** Options that take no value, with what they do. */
  readonly flags: Readonly<Record<string, Bilingual>>;
  /** Variables of the environment, or of .env. */
  readonly settings: Readonly<Record<string, Bilingual>>;
}

/** Either there is nothing to start, with what is to be told and the exit code; or these flags were given. */
export type CommandLine = { told: string; exitCode: 0 | 2 } | { told: null; flags: ReadonlySet<string> };

const HELP: Bilingual = { en: 'print this help and start nothing', ja: '何も起動せず、このヘルプを表示する' };

/** What npm hands on after `--`. */
export function readCommandLine(args: readonly string[], usage: Usage, language: Language): CommandLine {
  const names = ['help', ...Object.keys(usage.flags)];
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(names.map((name) => [name, { type: 'boolean' as const }])),
    strict: false,
    tokens: true,
  });
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'option' && token.name === 'h') given.add('help');
    else if (token.kind === 'option' && names.includes(token.name) && token.value === undefined)
      given.add(token.name);
    else if (token.kind !== 'option-terminator')
      return {
        told: refusal(token.kind === 'option' ? token.rawName : token.value, usage, language),
        exitCode: 2,
      };
  }
  return given.has('help') ? { told: helpText(usage, language), exitCode: 0 } : { told: null, flags: given };
}

function refusal(word: string, { command }: Usage, language: Language): string {
  return language === 'ja'
    ? `${command}: ${word} は使用できません (詳細: ${command} -- --help)`
    : `${command}: does not know ${word} (${command} -- --help tells more)`;
}

function helpText({ command, does, flags, settings }: Usage, language: Language): string {
  const options = Object.entries({ ...flags, help: HELP }).map(([name, text]): [string, string] => [
    `--${name}`,
    text[language],
  ]);
  const variables = Object.entries(settings).map(([name, text]): [string, string] => [name, text[language]]);
  const width = Math.max(...[...options, ...variables].map(([name]) => name.length)) + 2;
  const lines = (rows: readonly [string, string][]) =>
    rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`);
  const [use, opts, vars] =
    language === 'ja'
      ? ['使い方:', 'オプション:', '設定 (環境変数または .env):']
      : ['Usage:', 'Options:', 'Settings (environment or .env):'];
  return [
    `${use} ${command} [-- ${language === 'ja' ? 'オプション' : 'OPTIONS'}]`,
    '',
    does[language],
    '',
    opts,
    ...lines(options),
    '',
    vars,
    ...lines(variables),
  ].join('\n');
}

/** Settings of both launchers. */
export const SETTINGS: Usage['settings'] = {
  MAILPATH_HOME: {
    en: 'folder of all that is kept (.mailpath)',
    ja: 'すべてのデータを保存するフォルダー (.mailpath)',
  },
  MAILPATH_PORT: { en: 'port of the API; 0 takes a free one', ja: 'API のポート。0 は空きポートを使用する' },
  MAILPATH_LANG: {
    en: 'en or ja: language of tables and findings',
    ja: 'en または ja: 表と検出された問題の言語',
  },
};
