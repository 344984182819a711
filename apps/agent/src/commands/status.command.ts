import type { Language } from '@mailpath/protocol';
import type { Command } from 'commander';
import { readAgentFile, readAgentKey } from '../agent-file.ts';
import { readAssignment } from '../agent.ts';
import { LineFault } from '@mailpath/protocol';
import { plainText } from '@mailpath/terminal';
import { z } from 'zod';
import { fingerprintOf } from '../agent-key.ts';
import { commandIn, examples, inLanguage } from '../command-words.ts';
import { CannotRun } from '../cannot-run.ts';
import { loadConfig } from '../config.ts';
import { textOf } from '../log.ts';
import { isRunning } from '../run-lock.ts';
import { readStateDb, stateDbPath, type StateSummary } from '../state-db.ts';
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
      process.stdout.write(`${statusText(stateDir)}\n`);
    });
}

function statusText(stateDir: string): string {
  const file = readAgentFile(stateDir);
  const state = readState(stateDir);
  const assignment = readAssignment(state?.assignment ?? null);
  const line = (name: string, text: string): string => `${name.padEnd(12)}${plainText(text)}`;
  const waiting = state?.waiting ?? 0;
  return [
    line('running', RUNNING[`${isRunning(stateDir)}`]),
    line('state', stateDir),
    line('api', file.apiUrl),
    ...(state?.line ? [line('line', lineText(state.line))] : []),
    line('site', file.siteName),
    line('server', `${file.serverName} (${file.roles.join(', ')})`),
    line('agent', file.agentId),
    line('key', fingerprintOf(readAgentKey(stateDir))),
    line(
      'allow',
      file.allow.length === 0 ? 'Microsoft’s hosts only' : `Microsoft’s hosts, ${file.allow.join(', ')}`,
    ),
    line(
      'assignment',
      assignment
        ? `${assignment.tasks.length} checks every ${assignment.everySeconds} s (revision ${assignment.revision})`
        : 'none yet',
    ),
    line(
      'waiting',
      `${waiting} results${typeof state?.oldestAt === 'number' ? `, the oldest from ${new Date(state.oldestAt).toISOString()}` : ''}`,
    ),
    line('dropped', `${state?.dropped ?? 0} results, ever`),
  ].join('\n');
}

const KeptLine = z.object({ fault: LineFault, detail: z.string(), since: z.string() });

/** Why it reports by HTTPS, as the running agent has kept it. */
function lineText(kept: string): string {
  const { fault, detail, since } = KeptLine.parse(JSON.parse(kept));
  return `HTTPS since ${since}: WebSocket does not get through (${fault}: ${detail}), so no order reaches this server`;
}

const RUNNING = {
  true: 'yes',
  false: 'no',
  null: 'cannot tell: run this as the account that runs the agent',
};

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
