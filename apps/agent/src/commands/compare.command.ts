import { diagnoseSite } from '@mailpath/diagnosis';
import { InboundProtocol } from '@mailpath/protocol';
import { Command } from 'commander';
import { CannotRun } from '../cannot-run.ts';
import { oneOf, readLanguage } from '../check-arguments.ts';
import { renderComparison } from '../comparison-text.ts';
import { readReport, type ComparedReport } from '../read-report.ts';
import { screenOf } from '@mailpath/terminal';

interface CompareWords {
  inbound: string;
  lang: string;
}

/** `compare`: what several servers saw, side by side, and what follows for the site; needs no API. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('compare what check --json printed on two or more servers of a site; needs no API')
    .argument('<reports...>', 'files, one for each server')
    .option('--inbound <protocol>', 'how the site fetches mail: imap, pop3 or undecided', 'undecided')
    .option('--lang <language>', 'the language of the report: en or ja', 'en')
    .addHelpText('after', '\nExit code: 0 no finding, 1 findings, 2 a file cannot be read.')
    .action(compare);
}

function compare(files: readonly string[], { inbound, lang }: CompareWords): void {
  const language = readLanguage(lang);
  const site = { inbound: oneOf('--inbound', inbound, InboundProtocol.options) };
  if (files.length < 2) throw new CannotRun('compare: give two files or more, one for each server');
  const reports = files.map((file) => readReport(file));
  refuseTwins(files, reports);
  const servers = reports.map(({ server: { name, roles }, results }) => ({ name, roles, results }));
  const findings = diagnoseSite({ site, servers }, language);
  process.stdout.write(`${renderComparison(servers, findings, screenOf(process.stdout, language))}\n`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}

/** Two rounds of one server are no comparison of servers. */
function refuseTwins(files: readonly string[], reports: readonly ComparedReport[]): void {
  reports.forEach(({ server }, i) => {
    const first = reports.findIndex((each) => each.server.name === server.name);
    if (first < i)
      throw new CannotRun(
        `${files[i]}: server.name "${server.name}" is that of ${files[first]} as well; give one file for each server`,
      );
  });
}
