import os from 'node:os';
import { lookAgain, runRound, standardTasks } from '@mailpath/checks';
import { diagnoseServer, lastLooks } from '@mailpath/diagnosis';
import type { ServerReport } from '@mailpath/protocol';
import { Command } from 'commander';
import { CannotRun } from '../cannot-run.ts';
import { readCheckWords, type CheckPlan, type CheckWords } from '../check-arguments.ts';
import { platformText } from '../facts.ts';
import { leave } from '../leave.ts';
import { showProgress } from '../progress.ts';
import { renderReport } from '../report-text.ts';
import { screenOf } from '@mailpath/terminal';
import { AGENT_VERSION } from '../version.ts';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** `check`: one round from this machine, now; needs no API and leaves nothing behind. */
export function checkCommand(): Command {
  return new Command('check')
    .description('check the paths to Microsoft 365 mail from this machine, now; needs no API')
    .option('--role <role>', 'services or application; give it twice for both (default: both)', collect)
    .option('--cloud <cloud>', 'worldwide, gcc-high, dod or china', 'worldwide')
    .option(
      '--target <name=host:port>',
      'aim a target elsewhere, such as imap=127.0.0.1:1993; may be repeated',
      collect,
    )
    .option(
      '--resolve <host=address>',
      'use this address for a name instead of looking it up; may be repeated',
      collect,
    )
    .option(
      '--proxy <url>',
      'let the web checks (https.*) go through this proxy: http:// or socks5://, or env for HTTPS_PROXY and NO_PROXY',
    )
    .option('--only <names>', 'only these targets or checks, separated by commas, such as imap,pop3')
    .option(
      '--deadline <seconds>',
      'the longest the whole round may take, second looks included, 1 to 300',
      '15',
    )
    .option('--inbound <protocol>', 'how the site fetches mail: imap, pop3 or undecided', 'undecided')
    .option('--lang <language>', 'the language of the report: en or ja', 'en')
    .option(
      '--verbose',
      'show every step of each check as well: milliseconds, addresses, certificates, what was said',
      false,
    )
    .option('--json', 'print one JSON document (ServerReport) and nothing else', false)
    .addHelpText(
      'after',
      '\nA proxy carries web checks only: ECE’s own mail processes need a direct path on 587, 993 and 995.',
    )
    .addHelpText(
      'after',
      '\nExit code: 0 all good, 1 a check failed or a finding is an error, 2 could not run.',
    )
    .action((words: CheckWords) => check(readCheckWords(words)));
}

async function check(plan: CheckPlan): Promise<void> {
  const only = plan.only;
  const tasks = standardTasks(plan.cloud, plan.overrides).filter(
    (task) => only === null || only.has(task.check) || only.has(task.target.name),
  );
  if (tasks.length === 0)
    throw new CannotRun(
      `--only "${[...(only ?? [])].join(',')}": leaves nothing to run, since what it needs comes with an order of the API; name a target such as imap`,
    );
  const progress = showProgress(tasks.length, plan.json ? null : process.stderr);
  // A look-up in the system's hands cannot be called back, so nothing is waited for.
  process.once('SIGINT', () => {
    progress.clear();
    leave(130);
  });
  const startedAt = new Date();
  const startedMs = performance.now();
  const conditions = { ...plan, onProgress: progress.show };
  const first = await runRound(tasks, conditions);
  // What the checks have left of the deadline is for a second look at those that failed.
  const leftMs = Math.max(0, plan.roundDeadlineMs - (performance.now() - startedMs));
  const results = [...first, ...(await lookAgain(first, { ...conditions, roundDeadlineMs: leftMs }))];
  progress.clear();
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
    findings: diagnoseServer({ server, inbound: plan.inbound, results }, plan.language),
  };
  const text = plan.json
    ? JSON.stringify(report, null, 2)
    : renderReport(report, screenOf(process.stdout, plan.language), plan.verbose);
  // What passed by itself may be wrong all the same, such as a clock.
  const bad =
    lastLooks(results).some(({ outcome }) => outcome === 'fail') ||
    report.findings.some(({ severity }) => severity === 'error');
  const code = bad ? 1 : 0;
  // Not by the end of the event loop: a look-up that was given up may hold that for many seconds yet.
  process.stdout.write(`${text}\n`, () => leave(code));
}
