import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import sea from 'node:sea';
import type { Language } from '@mailpath/protocol';
import type { Command } from 'commander';
import { readAgentFile } from '../agent-file.ts';
import { CannotRun } from '../cannot-run.ts';
import { commandIn, examples, inLanguage } from '../command-words.ts';
import { loadConfig } from '../config.ts';
import {
  hostBeside,
  installSteps,
  readStatus,
  statusStep,
  uninstallSteps,
} from '../service/service-steps.ts';
import { takeSteps } from '../service/take-steps.ts';
import { languageOption, stateOption } from './options.ts';

const ACTIONS = ['install', 'uninstall', 'status'] as const;
type Action = (typeof ACTIONS)[number];

/** `service`: makes the agent a service of this machine where no package did. */
export function serviceCommand(language: Language): Command {
  const t = inLanguage(language);
  return commandIn(language, 'service')
    .description(
      t(
        'make the agent a service of this machine, or take it off (packages do this by themselves)',
        'エージェントをこのマシンのサービスとして登録または解除する (パッケージの場合は不要)',
      ),
    )
    .argument('<action>', t('install, uninstall or status', 'install、uninstall、status のいずれか'))
    .addOption(stateOption(t))
    .option(
      '--account <account>',
      t(
        'Windows: run it as this account without a password, where a policy refuses its own',
        'Windows: サービス自身のアカウントをポリシーが拒否する場合に使う、パスワードのないアカウント',
      ),
    )
    .addOption(languageOption(t))
    .addHelpText(
      'after',
      examples(language, [
        ['service install', t('after it was enrolled', '登録後に実行する')],
        ['service uninstall', t('the state folder stays', '状態フォルダーは残る')],
      ]),
    )
    .action((action: string, words: { state?: string; account?: string }) => {
      const { stateDir, systemRoot } = loadConfig();
      if (!isAction(action))
        throw new CannotRun({
          en: `<action> "${action}": write install, uninstall or status`,
          ja: `<action> "${action}": install、uninstall、status のいずれかを書いてください`,
        });
      if (words.account !== undefined && (process.platform !== 'win32' || action !== 'install'))
        throw new CannotRun({
          en: '--account: leave it out; it is for "service install" on Windows alone',
          ja: '--account: Windows の "service install" でのみ使用できます。取り除いてください',
        });
      if (action === 'install') install(path.resolve(words.state ?? stateDir), systemRoot, words.account);
      else if (action === 'uninstall') takeSteps(uninstallSteps(process.platform, { systemRoot }));
      const { en, ja } = SAID[stateNow(systemRoot)];
      process.stdout.write(`${t(en, ja)}\n`);
    });
}

const SAID = {
  running: { en: 'The service runs.', ja: 'サービスは実行中です。' },
  stopped: {
    en: 'The service is installed and does not run.',
    ja: 'サービスは登録されていますが、実行されていません。',
  },
  'not-installed': { en: 'There is no such service.', ja: 'サービスは登録されていません。' },
} as const;

const isAction = (word: string): word is Action => ACTIONS.some((action) => action === word);

function install(stateDir: string, systemRoot: string, account: string | undefined): void {
  // Without an enrolment it would only end again.
  readAgentFile(stateDir);
  const command = sea.isSea() ? [process.execPath] : [process.execPath, path.resolve(process.argv[1] ?? '')];
  if (process.platform === 'win32') {
    const host = hostBeside(process.execPath);
    if (!sea.isSea() || !existsSync(host))
      throw new CannotRun({
        en: `there is no ${host}: put mailpath-service.exe beside mailpath-agent.exe, or install the .msi`,
        ja: `${host} がありません。mailpath-service.exe を mailpath-agent.exe と同じフォルダーに置くか、.msi をインストールしてください`,
      });
  }
  takeSteps(
    installSteps(process.platform, {
      command,
      stateDir,
      systemRoot,
      ...(account === undefined ? {} : { account }),
    }),
  );
}

function stateNow(systemRoot: string) {
  const { program, args } = statusStep(process.platform, systemRoot);
  const { status, stdout, error } = spawnSync(program, args, { encoding: 'utf8', windowsHide: true });
  return readStatus(process.platform, error ? null : status, stdout ?? 'LoadState=not-found');
}
