import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { AGENT_VERSION } from '../agent-build/places.ts';
import { holds } from '../held.ts';
import { asRedirected, asUtf8 } from './shell-file.ts';
import type { Wine } from './wine.ts';

/** Japanese and a blank, as a folder of an administrator may be named. */
export const BY_HAND = 'C:\\Program Files\\Mailpath エージェント';
const JAPANESE = /[ぁ-んァ-ヶ一-龠]/;

/** The program alone, which no installer has put there: `check` and `compare`, in both languages. */
export async function checks(wine: Wine, built: string): Promise<void> {
  mkdirSync(wine.file(BY_HAND), { recursive: true });
  for (const name of ['mailpath-agent.exe', 'mailpath-service.exe'])
    copyFileSync(path.join(built, name), wine.file(`${BY_HAND}\\${name}`));
  const exe = `${BY_HAND}\\mailpath-agent.exe`;
  const version = await wine.run(exe, '--version');
  holds('it says its version, from a Japanese folder', version.stdout.trim() === AGENT_VERSION, version);
  const talker = net.createServer((socket) => socket.on('error', () => socket.destroy()).end('hello\r\n'));
  await new Promise<void>((resolve) => talker.listen(0, '127.0.0.1', resolve));
  const { port } = talker.address() as net.AddressInfo;
  const words = ['check', '--only', 'smtp', '--target', `smtp=127.0.0.1:${port}`];
  const english = await wine.run(exe, ...words, '--lang', 'en');
  holds('check says in English what failed', english.code === 1 && english.stdout.includes('greet'), english);
  const japanese = await wine.run(exe, ...words, '--lang', 'ja');
  holds('and in Japanese', japanese.code === 1 && JAPANESE.test(japanese.stdout), japanese);
  const json = await wine.run(exe, ...words, '--json');
  holds(
    'as JSON it is ASCII',
    /^[\x20-\x7e\s]+$/.test(json.stdout) && json.stdout.includes('"results"'),
    json,
  );
  talker.close();
  await comparesShellFiles(wine, exe, json.stdout);
}

/** What Windows PowerShell 5.1 makes of that JSON on its path into a file. */
async function comparesShellFiles(wine: Wine, exe: string, json: string): Promise<void> {
  const [redirected, utf8] = ['C:\\結果 1.json', 'C:\\結果 2.json'];
  writeFileSync(wine.file(redirected), asRedirected(json));
  const report = JSON.parse(json) as { server: object };
  const other = JSON.stringify({ ...report, server: { ...report.server, name: 'another server' } });
  writeFileSync(wine.file(utf8), asUtf8(other));
  for (const language of ['en', 'ja']) {
    const compared = await wine.run(exe, 'compare', redirected, utf8, '--lang', language);
    const isRight = compared.code === 1 && compared.stdout.includes('another server');
    const isIn = JAPANESE.test(compared.stdout) === (language === 'ja');
    holds(
      `compare reads UTF-16 and a byte order mark, and answers in ${language}`,
      isRight && isIn,
      compared,
    );
  }
}
