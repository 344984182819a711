import type { Language } from '@mailpath/protocol';
import type { Command } from 'commander';
import { commandIn, examples, inLanguage } from '../command-words.ts';
import { CannotRun } from '../cannot-run.ts';
import { loadConfig } from '../config.ts';
import { textOf } from '../log.ts';
import { readStateDb, stateDbPath, type StateSummary } from '../state-db.ts';
import { statusText } from '../status-text.ts';
import { languageOption, stateOption } from './options.ts';

/** `status`: what the state folder tells, whether `run` is running or not. */
export function statusCommand(language: Language): Command {
  const t = inLanguage(language);
  return commandIn(language, 'status')
    .description(
      t(
        'show whether the agent runs, and what it knows: enrolment, assignment, results not yet acknowledged',
        'エージェントの動作状況、登録、割り当て、未確認の結果を表示する',
      ),
    )
    .addOption(stateOption(t))
    .addOption(languageOption(t))
    .addHelpText(
      'after',
      examples(language, [['status', t('of this server', 'このサーバーの状態を表示する')]]),
    )
    .action((words: { state?: string }) => {
      const stateDir = words.state ?? loadConfig().stateDir;
      process.stdout.write(`${statusText(stateDir, readState(stateDir), language)}\n`);
    });
}

function readState(stateDir: string): StateSummary | null {
  try {
    return readStateDb(stateDir);
  } catch (error) {
    throw new CannotRun(
      {
        en: `${stateDbPath(stateDir)} cannot be read (${textOf(error)}): run this as the account that runs the agent`,
        ja: `${stateDbPath(stateDir)} を読み取れません (${textOf(error)})。エージェントを実行しているアカウントで実行してください`,
      },
      { cause: error },
    );
  }
}
