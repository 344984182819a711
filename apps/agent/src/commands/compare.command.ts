import { diagnoseSite, nothingRan, withLinks } from '@mailpath/diagnosis';
import { InboundProtocol, type Language } from '@mailpath/protocol';
import { onPaper, screenOf } from '@mailpath/terminal';
import type { Command } from 'commander';
import { CannotRun } from '../cannot-run.ts';
import { oneOf, readLanguage } from '../check-arguments.ts';
import { commandIn, examples, inLanguage } from '../command-words.ts';
import { comparisonDocument } from '../comparison-document.ts';
import { renderComparison } from '../comparison-text.ts';
import { jsonText, readByCodePage } from '../json-text.ts';
import { readReport, type ComparedReport } from '../read-report.ts';
import { checkOutput, refuseSameFile, writeOutput } from '../write-output.ts';
import { inboundOption, outputOption, reportLanguageOption } from './options.ts';

interface CompareWords {
  inbound: string;
  lang?: string;
  json: boolean;
  verbose: boolean;
  output?: string;
}

/** `compare`: what several servers saw, side by side, and what follows for the site; needs no API. */
export function compareCommand(language: Language): Command {
  const t = inLanguage(language);
  return commandIn(language, 'compare')
    .description(
      t(
        'compare what check --json printed on two or more servers of a site; needs no API',
        'サイトの 2 台以上のサーバーで check --json が出力した内容を比較する (API は不要)',
      ),
    )
    .argument('<reports...>', t('files, one for each server', 'サーバーごとに 1 つのファイル'))
    .addOption(inboundOption(t))
    .addOption(reportLanguageOption(t))
    .option(
      '--verbose',
      t('show every step of what did not pass as well', '合格しなかったチェックのすべての段階も表示する'),
      false,
    )
    .option('--json', t('print one JSON document and nothing else', 'JSON ドキュメントだけを出力する'), false)
    .addOption(outputOption(t))
    .addHelpText(
      'after',
      `\n${t(
        'A file may be UTF-8 or UTF-16, with or without a byte order mark: what any shell’s > makes.',
        'ファイルは UTF-8 でも UTF-16 でも、BOM の有無にかかわらず読み取れます (どのシェルの > でも使用できます)。',
      )}`,
    )
    .addHelpText(
      'after',
      examples(language, [
        [
          'compare app01.json app02.json svc01.json --inbound imap',
          t('three servers of one site', '1 つのサイトの 3 台のサーバーを比較する'),
        ],
        [
          'compare --json --output site.json app01.json svc01.json',
          t('for another program', 'ほかのプログラム用に出力する'),
        ],
      ]),
    )
    .addHelpText(
      'after',
      `\n${t(
        'Exit code: 0 no finding, 1 findings, 2 a file cannot be read, or no check ran.',
        '終了コード: 0 検出なし、1 検出あり、2 ファイルを読み取れない、またはチェックが実行されていない。',
      )}`,
    )
    .action(compare);
}

function compare(files: readonly string[], words: CompareWords): void {
  const language = readLanguage(words.lang);
  const site = { inbound: oneOf('--inbound', words.inbound, InboundProtocol.options) };
  if (files.length < 2)
    throw new CannotRun({
      en: 'compare: give two files or more, one for each server',
      ja: 'compare: サーバーごとに 1 つ、合計 2 つ以上のファイルを指定してください',
    });
  const output = words.output ?? null;
  for (const file of files)
    refuseSameFile([
      [file, file],
      ['--output', output],
    ]);
  const reports = files.map((file) => readReport(file));
  refuseTwins(files, reports);
  if (output !== null) checkOutput(output);
  const servers = reports.map(({ server: { name, roles }, results }) => ({ name, roles, results }));
  const findings = diagnoseSite({ site, servers }, language);
  const screen = screenOf(process.stdout, language);
  const text = words.json
    ? jsonText(
        comparisonDocument(servers, withLinks(findings, language)),
        output === null && readByCodePage(),
      )
    : renderComparison(servers, findings, output === null ? screen : onPaper(screen), words.verbose);
  const known = !nothingRan(servers.flatMap(({ results }) => results));
  process.exitCode = findings.length > 0 ? 1 : known ? 0 : 2;
  writeOutput(output, text);
}

/** Two rounds of one server are no comparison of servers. */
function refuseTwins(files: readonly string[], reports: readonly ComparedReport[]): void {
  reports.forEach(({ server: { name } }, i) => {
    const first = reports.findIndex((each) => each.server.name === name);
    if (first < i)
      throw new CannotRun({
        en: `${files[i]}: server.name "${name}" is that of ${files[first]} as well; give one file for each server`,
        ja: `${files[i]}: server.name "${name}" は ${files[first]} と同じです。サーバーごとに 1 つのファイルを指定してください`,
      });
  });
}
