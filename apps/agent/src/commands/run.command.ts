import type { Language } from '@mailpath/protocol';
import type { Command } from 'commander';
import { readAgentFile, readAgentKey } from '../agent-file.ts';
import { startAgent } from '../agent.ts';
import { commandIn, examples, inLanguage } from '../command-words.ts';
import { loadConfig } from '../config.ts';
import { agentFacts } from '../facts.ts';
import { leave } from '../leave.ts';
import { createLog, textOf } from '../log.ts';
import { takeRunLock } from '../run-lock.ts';
import { languageOption, stateOption } from './options.ts';

const GRACE_MS = 2_000;

/** `run`: the service. It ends by SIGINT or SIGTERM, with the parent that started it over IPC, or with its input. */
export function runCommand(language: Language): Command {
  const t = inLanguage(language);
  return commandIn(language, 'run')
    .description(
      t(
        'keep checking and reporting to the API; one JSON line per event on stdout',
        '確認と API への報告を続ける。標準出力にイベントごとに 1 行の JSON を出力する',
      ),
    )
    .addOption(stateOption(t))
    .option(
      '--stop-with-stdin',
      t(
        'stop when standard input ends, as the Windows service asks it to',
        '標準入力が終了したら停止する (Windows サービスが使用する)',
      ),
      false,
    )
    .addOption(languageOption(t))
    .addHelpText(
      'after',
      examples(language, [
        ['run', t('as the service of this server', 'このサーバーのサービスとして実行する')],
        ['run --state /srv/agent', t('with a state folder of its own', '専用の状態フォルダーを使用する')],
      ]),
    )
    .action((words: { state?: string; stopWithStdin: boolean }) =>
      run(words.state ?? loadConfig().stateDir, words.stopWithStdin),
    );
}

function run(stateDir: string, stopWithStdin: boolean): void {
  const log = createLog();
  const file = readAgentFile(stateDir);
  const key = readAgentKey(stateDir);
  const unlock = takeRunLock(stateDir, log);
  // A bug: the supervisor starts a clean process; what was observed rests in the outbox.
  const crash = (error: unknown): void => {
    log.error('crashed', {
      reason: textOf(error),
      stack: error instanceof Error ? (error.stack ?? null) : null,
    });
    process.exit(1);
  };
  process.on('unhandledRejection', crash).on('uncaughtException', crash);

  let told = false;
  const agent = startAgent({
    file,
    key,
    stateDir,
    facts: agentFacts(),
    log,
    onJoined() {
      if (!told) process.send?.({ event: 'joined' });
      told = true;
    },
    onRestart: () => stop('a newer build waits: the service starts it'),
  });

  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { reason });
    // The goodbye itself takes up to a second more; a supervisor's patience is longer than that (systemd: 15 s).
    void agent.stop(GRACE_MS).then(() => {
      unlock();
      log.info('stopped');
      leave(0);
    });
  };
  process.on('SIGINT', () => stop('SIGINT')).on('SIGTERM', () => stop('SIGTERM'));
  // Windows has no SIGTERM: a service host closes the pipe instead, and its own death does the same.
  if (stopWithStdin)
    process.stdin
      .resume()
      .on('end', () => stop('standard input ended'))
      .on('error', (error) => stop(`standard input: ${textOf(error)}`));
  process.on('disconnect', () => stop('the parent went away'));
  if (process.connected === false) stop('the parent went away');
}
