import type { Language } from '@mailpath/protocol';
import type { Command } from 'commander';
import { agentFilePath, readAgentKey, UpgradePermit } from '../agent-file.ts';
import { fingerprintOf } from '../agent-key.ts';
import { readAllowEntry } from '../allow.ts';
import { readApiAddress } from '../api-address.ts';
import { CALLED } from '../called-as.ts';
import { readRoles, refused } from '../check-arguments.ts';
import { collect, commandIn, examples, inLanguage } from '../command-words.ts';
import { loadConfig } from '../config.ts';
import { enrol } from '../enrol.ts';
import { readPin } from '../pins.ts';
import { checkProxySetting } from '../proxy.ts';
import { quoted } from '../quoted.ts';
import { languageOption, stateOption } from './options.ts';

interface EnrolWords {
  allow?: string[];
  resolve?: string[];
  role?: string[];
  proxy?: string;
  upgradeKey?: string[];
  state?: string;
  replace: boolean;
  insecureHttp: boolean;
  lang?: string;
}

/** `enrol`: makes this machine's key and spends the code the API gave for it. */
export function enrolCommand(language: Language): Command {
  const t = inLanguage(language);
  return commandIn(language, 'enrol')
    .description(
      t('join this server to a Mailpath API, once', 'このサーバーを Mailpath API に 1 回だけ登録する'),
    )
    .argument(
      '<url>',
      t(
        'address of the API, such as https://mailpath.example.com',
        'API のアドレス。例: https://mailpath.example.com',
      ),
    )
    .argument(
      '<code>',
      t('enrolment code of this server or of its site', 'このサーバーまたはサイトの登録コード'),
    )
    .option(
      '--allow <host:port>',
      t(
        'let checks connect to this host and port as well (host:* for any port); may be repeated',
        'チェックの接続先として許可するホストとポート (すべてのポートは host:*)。繰り返し指定できる',
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
        'send the web checks (https.*) through this proxy; env for HTTPS_PROXY and NO_PROXY',
        'Web のチェック (https.*) にこのプロキシを使用する。env は HTTPS_PROXY と NO_PROXY を使用する',
      ),
    )
    .option(
      '--role <role>',
      t(
        'with the code of a site: services or application, or both with a comma between',
        'サイトの登録コードの場合: services または application。両方の場合はコンマ区切り',
      ),
      collect,
    )
    .option(
      '--upgrade-key <key>',
      t(
        'let the API offer newer builds that this key has signed (Ed25519, base64url); may be repeated once',
        'この鍵 (Ed25519、base64url) で署名された新しいビルドを API が提供することを許可する。2 回まで指定できる',
      ),
      collect,
    )
    .addOption(stateOption(t))
    .option('--replace', t('give up the present enrolment', '現在の登録を破棄する'), false)
    .option(
      '--insecure-http',
      t('accept an unencrypted connection to the API', 'API への暗号化されていない接続を受け入れる'),
      false,
    )
    .addOption(languageOption(t))
    .addHelpText(
      'after',
      examples(language, [
        ['enrol https://mailpath.example.com CODE', t('join this server', 'このサーバーを登録する')],
        [
          'enrol https://mailpath.example.com CODE --replace',
          t('join again, such as after a restore', '復元後などに再登録する'),
        ],
      ]),
    )
    .action(async (url: string, typed: string, words: EnrolWords) => {
      const allow = words.allow ?? [];
      const resolve = words.resolve ?? [];
      for (const entry of allow) checked('--allow', entry, readAllowEntry);
      for (const entry of resolve) checked('--resolve', entry, readPin);
      // The installer for Windows ends its words in a blank: msi.ts says why.
      const code = typed.trim();
      const proxy = words.proxy?.trim();
      const upgradeKey = words.upgradeKey?.map((key) => key.trim());
      if (proxy !== undefined) checkedProxy(proxy);
      const stateDir = words.state ?? loadConfig().stateDir;
      const api = readApiAddress(url, words.insecureHttp);
      const given = {
        ...(proxy === undefined ? {} : { proxy }),
        ...(upgradeKey === undefined ? {} : { upgradeKeys: readUpgradeKeys(upgradeKey) }),
        ...(words.role === undefined ? {} : { roles: readRoles(words.role) }),
      };
      const file = await enrol({ api, code, stateDir, allow, resolve, replace: words.replace, ...given });
      const key = fingerprintOf(readAgentKey(stateDir));
      const run = `${CALLED} run${words.state === undefined ? '' : ` --state ${quoted(stateDir)}`}`;
      const { serverName, siteName } = file;
      const kept = agentFilePath(stateDir);
      process.stdout.write(
        t(
          `Enrolled as ${serverName} (${file.roles.join(', ')}) of ${siteName}; kept in ${kept}.\nFingerprint of its key: ${key}; compare it if the API asks for approval.\nNow run: ${run}\n`,
          `${siteName} の ${serverName} (${file.roles.join(', ')}) として登録しました。保存先: ${kept}\n鍵のフィンガープリント: ${key} (API で承認が必要な場合は照合してください)\n次に実行: ${run}\n`,
        ),
      );
    });
}

function readUpgradeKeys(keys: readonly string[]): readonly string[] {
  const read = UpgradePermit.shape.keys.safeParse(keys);
  if (read.success) return read.data;
  throw refused('--upgrade-key', {
    en: 'write one key or two, each 32 bytes of Ed25519 in base64url (43 characters), as npm run build:agent prints it',
    ja: '鍵を 1 つまたは 2 つ指定してください。それぞれ npm run build:agent が表示する 32 バイトの Ed25519 公開鍵です (base64url、43 文字)',
  });
}

function checked(argument: string, entry: string, read: (text: string) => unknown): void {
  try {
    read(entry);
  } catch (error) {
    throw refused(`${argument} "${entry}"`, error);
  }
}

/** The word itself is not repeated: it may hold a password. */
function checkedProxy(text: string): void {
  try {
    checkProxySetting(text);
  } catch (error) {
    throw refused('--proxy', error);
  }
}
