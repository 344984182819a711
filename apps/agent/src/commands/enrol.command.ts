import { Command } from 'commander';
import { agentFilePath } from '../agent-file.ts';
import { readAllowEntry } from '../allow.ts';
import { readApiAddress } from '../api-address.ts';
import { CannotRun } from '../cannot-run.ts';
import { loadConfig } from '../config.ts';
import { enrol } from '../enrol.ts';

interface EnrolWords {
  allow?: string[];
  state?: string;
  replace: boolean;
  insecureHttp: boolean;
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** `enrol`: makes this machine's key and spends the code the API gave for it. */
export function enrolCommand(): Command {
  return new Command('enrol')
    .description('join this server to a Mailpath API, once')
    .argument('<url>', 'address of the API, such as https://mailpath.example.com')
    .argument('<code>', 'enrolment code of this server')
    .option(
      '--allow <host:port>',
      'let checks go to this place as well (host:* for any port); may be repeated',
      collect,
    )
    .option('--state <folder>', 'state folder')
    .option('--replace', 'give up the enrolment that is there', false)
    .option('--insecure-http', 'accept an unencrypted connection to the API', false)
    .action(async (url: string, code: string, words: EnrolWords) => {
      const allow = words.allow ?? [];
      for (const entry of allow) checkAllow(entry);
      const stateDir = words.state ?? loadConfig().stateDir;
      const api = readApiAddress(url, words.insecureHttp);
      const file = await enrol({ api, code, stateDir, allow, replace: words.replace });
      process.stdout.write(
        `Enrolled as ${file.serverName} (${file.roles.join(', ')}) of ${file.siteName}; kept in ${agentFilePath(stateDir)}.\n` +
          `Now run: mailpath-agent run${words.state === undefined ? '' : ` --state ${stateDir}`}\n`,
      );
    });
}

function checkAllow(entry: string): void {
  try {
    readAllowEntry(entry);
  } catch (error) {
    throw new CannotRun(`--allow "${entry}": ${(error as Error).message}`, { cause: error });
  }
}
