import { Command } from 'commander';
import { readAgentFile, readAgentKey } from '../agent-file.ts';
import { readAssignment } from '../agent.ts';
import { plainText } from '@mailpath/terminal';
import { fingerprintOf } from '../agent-key.ts';
import { CannotRun } from '../cannot-run.ts';
import { loadConfig } from '../config.ts';
import { textOf } from '../log.ts';
import { readStateDb, stateDbPath, type StateSummary } from '../state-db.ts';

/** `status`: what the state folder tells, whether `run` is running or not. */
export function statusCommand(): Command {
  return new Command('status')
    .description('show what this agent knows: enrolment, assignment, results not yet acknowledged')
    .option('--state <folder>', 'state folder')
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
    line('state', stateDir),
    line('api', file.apiUrl),
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

function readState(stateDir: string): StateSummary | null {
  try {
    return readStateDb(stateDir);
  } catch (error) {
    throw new CannotRun(
      `${stateDbPath(stateDir)} cannot be read (${textOf(error)}): run this as the account that runs the agent`,
      { cause: error },
    );
  }
}
