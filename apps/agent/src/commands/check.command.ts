import os from 'node:os';
import { lookAgain, repeatable, runRound, standardTasks } from '@mailpath/checks';
import { diagnoseServer, lastLooks, nothingRan, withLinks } from '@mailpath/diagnosis';
import type { Language, ServerReport } from '@mailpath/protocol';
import type { Command } from 'commander';
import { readCheckWords, refused, type CheckPlan, type CheckWords } from '../check-arguments.ts';
import { collect, commandIn, examples, inLanguage } from '../command-words.ts';
import { platformText } from '../facts.ts';
import { jsonText, readByCodePage } from '../json-text.ts';
import { leave } from '../leave.ts';
import { showProgress } from '../progress.ts';
import { renderReport } from '../report-text.ts';
import { onPaper, screenOf } from '@mailpath/terminal';
import { reportPage } from '../report-page.ts';
import { checkOutput, refuseSameFile, writeOutput, writeReport } from '../write-output.ts';
import { AGENT_VERSION } from '../version.ts';
import { inboundOption, outputOption, reportLanguageOption } from './options.ts';

/** `check`: one round from this machine, now; needs no API and leaves nothing behind. */
export function checkCommand(language: Language): Command {
  const t = inLanguage(language);
  return commandIn(language, 'check')
    .description(
      t(
        'check the paths to Microsoft 365 mail from this machine, now; needs no API',
        'このマシンから Microsoft 365 メールへの経路を今すぐ確認する (API は不要)',
      ),
    )
    .option(
      '--role <role>',
      t(
        'services or application; give it twice for both (default: both)',
        'services または application。両方の場合は 2 回指定する (既定値: 両方)',
      ),
      collect,
    )
    .option('--cloud <cloud>', 'worldwide, gcc-high, dod, china', 'worldwide')
    .option(
      '--target <name=host:port>',
      t(
        'aim a target elsewhere, such as imap=127.0.0.1:1993; may be repeated',
        '対象の接続先を変更する。例: imap=127.0.0.1:1993。繰り返し指定できる',
      ),
      collect,
    )
    .option(
      '--resolve <host=address>',
      t(
        'use this address for a name instead of looking it up; may be repeated',
        '名前解決の代わりにこのアドレスを使用する。繰り返し指定できる',
      ),
      collect,
    )
    .option(
      '--proxy <url>',
      t(
        'send the web checks (https.*) through this proxy: http:// or socks5://, or env for HTTPS_PROXY and NO_PROXY',
        'Web のチェック (https.*) にこのプロキシを使用する: http://、socks5://、または env (HTTPS_PROXY と NO_PROXY)',
      ),
    )
    .option(
      '--only <names>',
      t(
        'only these targets or checks, separated by commas, such as imap,pop3',
        'この対象またはチェックだけを実行する。コンマ区切り。例: imap,pop3',
      ),
    )
    .option(
      '--deadline <seconds>',
      t(
        'the longest the whole round may take, second looks included, 1 to 300',
        '再確認を含むラウンド全体の上限 (1 から 300 秒)',
      ),
      '10',
    )
    .option(
      '--report <file>',
      t(
        'write a report to hand on as well: one HTML file with findings and evidence, without secrets',
        '引き渡し用のレポートも書き出す: 検出事項と証拠を含む 1 つの HTML ファイル (シークレットは含まない)',
      ),
    )
    .addOption(inboundOption(t))
    .addOption(reportLanguageOption(t))
    .option(
      '--verbose',
      t(
        'show every step of each check as well: milliseconds, addresses, certificates, what was said',
        '各チェックのすべての段階も表示する: 時間、アドレス、証明書、通信内容',
      ),
      false,
    )
    .option(
      '--json',
      t(
        'print one JSON document (ServerReport) and nothing else',
        'JSON ドキュメント (ServerReport) だけを出力する',
      ),
      false,
    )
    .addOption(outputOption(t))
    .addHelpText(
      'after',
      `\n${t(
        'A proxy carries web checks only: ECE’s own mail processes need a direct path on 587, 993 and 995.',
        'プロキシは Web のチェックだけに使用します。ECE のメール プロセスには 587、993、995 への直接の経路が必要です。',
      )}`,
    )
    .addHelpText(
      'after',
      examples(language, [
        ['check', t('all checks, both roles', 'すべてのチェックを両方の役割で実行する')],
        [
          'check --role services --inbound imap',
          t('as a services server that fetches by IMAP', 'IMAP で受信するサービス サーバーとして確認する'),
        ],
        [
          'check --only imap,smtp --verbose',
          t('two targets, every step shown', '2 つの対象について、すべての段階を表示する'),
        ],
        [
          'check --json --output app01.json',
          t(
            'a document for compare, or for another program',
            'compare やほかのプログラム用のドキュメントを作成する',
          ),
        ],
      ]),
    )
    .addHelpText(
      'after',
      `\n${t(
        'Exit code: 0 all good, 1 a check failed or a finding is an error, 2 could not run.',
        '終了コード: 0 問題なし、1 失敗したチェックまたはエラーの検出あり、2 実行できず。',
      )}`,
    )
    .action((words: CheckWords) => check(readCheckWords(words)));
}

async function check(plan: CheckPlan): Promise<void> {
  const only = plan.only;
  const tasks = standardTasks(plan.cloud, plan.overrides).filter(
    (task) => only === null || only.has(task.check) || only.has(task.target.name),
  );
  if (tasks.length === 0)
    throw refused(`--only "${[...(only ?? [])].join(',')}"`, {
      en: 'leaves nothing to run, since what it needs comes with an order of the API; name a target such as imap',
      ja: '実行できるチェックがありません。必要な情報は API の指示に含まれます。imap などの対象を指定してください',
    });
  refuseSameFile([
    ['--output', plan.output],
    ['--report', plan.report],
  ]);
  if (plan.output !== null) checkOutput(plan.output);
  if (plan.report !== null) checkOutput(plan.report, '--report');
  const progress = showProgress(tasks.length, process.stderr, plan.language);
  // A look-up in the system's hands cannot be called back, so nothing is waited for.
  process.once('SIGINT', () => {
    progress.end();
    leave(130);
  });
  const startedAt = new Date();
  const startedMs = performance.now();
  const conditions = { ...plan, onProgress: progress.show };
  const first = await runRound(tasks, conditions);
  // What the checks have left of the deadline is for a second look at those that failed.
  const leftMs = Math.max(0, plan.roundDeadlineMs - (performance.now() - startedMs));
  progress.again(repeatable(first).length);
  const results = [...first, ...(await lookAgain(first, { ...conditions, roundDeadlineMs: leftMs }))];
  progress.end();
  const server = { name: os.hostname(), roles: plan.roles };
  const report: ServerReport = {
    server: {
      ...server,
      platform: platformText(),
      nodeVersion: process.versions.node,
      agentVersion: AGENT_VERSION,
    },
    cloud: plan.cloud,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - startedMs),
    results,
    findings: withLinks(
      diagnoseServer({ server, inbound: plan.inbound, results }, plan.language),
      plan.language,
    ),
  };
  if (plan.report !== null) writeReport(plan.report, reportPage(report, plan.language));
  const screen = screenOf(process.stdout, plan.language);
  const text = plan.json
    ? jsonText(report, plan.output === null && readByCodePage())
    : renderReport(report, plan.output === null ? screen : onPaper(screen), plan.verbose);
  // Not by the end of the event loop: a look-up that was given up may hold that for many seconds yet.
  writeOutput(plan.output, text, () => leave(exitCodeOf(report)));
}

/** What passed by itself may be wrong all the same, such as a clock; where nothing ran, nothing is known. */
function exitCodeOf({ results, findings }: ServerReport): number {
  const last = lastLooks(results);
  if (nothingRan(last)) return 2;
  const bad =
    last.some(({ outcome }) => outcome === 'fail') || findings.some(({ severity }) => severity === 'error');
  return bad ? 1 : 0;
}
