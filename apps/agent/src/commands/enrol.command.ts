import { Command } from 'commander';
import { agentFilePath, readAgentKey } from '../agent-file.ts';
import { fingerprintOf } from '../agent-key.ts';
import { readAllowEntry } from '../allow.ts';
import { readApiAddress } from '../api-address.ts';
import { CannotRun } from '../cannot-run.ts';
import { loadConfig } from '../config.ts';
import { enrol } from '../enrol.ts';
import { readPin } from '../pins.ts';
import { checkProxySetting } from '../proxy.ts';

interface EnrolWords {
  allow?: string[];
  resolve?: string[];
  proxy?: string;
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
    .option(
      '--resolve <host=address>',
      'use this address for a name instead of looking it up; may be repeated',
      collect,
    )
    .option(
      '--proxy <url>',
      'let the web checks (https.*) go through this proxy; env takes HTTPS_PROXY and NO_PROXY',
    )
    .option('--state <folder>', 'state folder')
    .option('--replace', 'give up the enrolment that is there', false)
    .option('--insecure-http', 'accept an unencrypted connection to the API', false)
    .action(async (url: string, code: string, words: EnrolWords) => {
      const allow = words.allow ?? [];
      const resolve = words.resolve ?? [];
      for (const entry of allow) checked('--allow', entry, readAllowEntry);
      for (const entry of resolve) checked('--resolve', entry, readPin);
      if (words.proxy !== undefined) checkedProxy(words.proxy);
      const stateDir = words.state ?? loadConfig().stateDir;
      const api = readApiAddress(url, words.insecureHttp);
      const given = words.proxy === undefined ? {} : { proxy: words.proxy };
      const file = await enrol({ api, code, stateDir, allow, resolve, replace: words.replace, ...given });
      process.stdout.write(
        `Enrolled as ${file.serverName} (${file.roles.join(', ')}) of ${file.siteName}; kept in ${agentFilePath(stateDir)}.\n` +
          `Fingerprint of its key: ${fingerprintOf(readAgentKey(stateDir))}; compare it if the API asks for approval.\n` +
          `Now run: mailpath-agent run${words.state === undefined ? '' : ` --state ${stateDir}`}\n`,
      );
    });
}

function checked(argument: string, entry: string, read: (text: string) => unknown): void {
  try {
    read(entry);
  } catch (error) {
    throw new CannotRun(`${argument} "${entry}": ${(error as Error).message}`, { cause: error });
  }
}

/** The word itself is not repeated: it may hold a password. */
function checkedProxy(text: string): void {
  try {
    checkProxySetting(text);
  } catch (error) {
    throw new CannotRun(`--proxy: ${(error as Error).message}`, { cause: error });
  }
}
