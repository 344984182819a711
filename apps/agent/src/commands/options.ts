import { Option } from 'commander';
import type { inLanguage } from '../command-words.ts';

type Texts = ReturnType<typeof inLanguage>;

/** Where the agent keeps what it knows; of every command that has to do with one that is enrolled. */
export const stateOption = (t: Texts): Option =>
  new Option('--state <folder>', t('state folder', '状態フォルダー'));

/** Of commands that print no report. */
export const languageOption = (t: Texts): Option =>
  new Option(
    '--lang <language>',
    t('the language of help and errors: en or ja', 'ヘルプとエラーの言語: en、ja'),
  );

export const reportLanguageOption = (t: Texts): Option =>
  new Option(
    '--lang <language>',
    t('the language of report, help and errors: en or ja', 'レポート、ヘルプ、エラーの言語: en、ja'),
  );

export const inboundOption = (t: Texts): Option =>
  new Option(
    '--inbound <protocol>',
    t('how the site fetches mail: imap, pop3 or undecided', 'サイトの受信方式: imap、pop3、undecided'),
  ).default('undecided');

export const outputOption = (t: Texts): Option =>
  new Option(
    '--output <file>',
    t(
      'write the document or the report to this file (UTF-8) instead of stdout',
      'ドキュメントまたはレポートを標準出力ではなくこのファイル (UTF-8) に書き込む',
    ),
  );
