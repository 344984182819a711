// `npm run test:wine`: the installer and the program for Windows under Debian's Wine, against a real API. One line for
// each thing that holds; the first that does not ends it with 1. Needs `npm run build && npm run build:agent` before.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { AGENT_VERSION, RELEASE, ROOT } from '../agent-build/places.ts';
import { holds, holdsWithin } from '../held.ts';
import { type LocalApi, startLocalApi } from '../local-api.ts';
import { installerForWine } from './test-package.ts';
import { Wine } from './wine.ts';

const STATE = 'C:\\ProgramData\\Mailpath 状態';
const FOLDER = 'C:\\Program Files\\Mailpath エージェント';
const PATIENCE_MS = 120_000;

const NOT_SHOWN = [
  'the code kept out of the log of the installation: Wine hides no property (the tables say it, which a spec reads)',
  'accounts and access lists: Wine checks no account, and its icacls does nothing',
  'the console of a real Windows, its code pages, and PowerShell',
  'the installation rolled back where the enrolment fails: Wine has no rollback',
  'the service manager that starts a killed host again',
  'the event log as a person reads it; group policy, SCCM, Intune',
  'Defender, AppLocker, SmartScreen; a program whose two bytes are not changed',
];

const until = (what: string, look: () => boolean | Promise<boolean>): Promise<void> =>
  holdsWithin(PATIENCE_MS, what, look);

async function checks(wine: Wine): Promise<void> {
  mkdirSync(wine.file(FOLDER), { recursive: true });
  const exe = `${FOLDER}\\mailpath-agent.exe`;
  copyFileSync(path.join(ROOT, 'dist/agent-work/wine/mailpath-agent.exe'), wine.file(exe));
  const version = await wine.run(exe, '--version');
  holds('it says its version, from a Japanese folder', version.stdout.trim() === AGENT_VERSION, version);
  const talker = net.createServer((socket) => socket.on('error', () => socket.destroy()).end('hello\r\n'));
  await new Promise<void>((resolve) => talker.listen(0, '127.0.0.1', resolve));
  const { port } = talker.address() as net.AddressInfo;
  const words = ['check', '--only', 'smtp', '--target', `smtp=127.0.0.1:${port}`];
  const english = await wine.run(exe, ...words, '--lang', 'en');
  holds('check says in English what failed', english.code === 1 && english.stdout.includes('greet'), english);
  const japanese = await wine.run(exe, ...words, '--lang', 'ja');
  holds('and in Japanese', japanese.code === 1 && /[ぁ-んァ-ヶ一-龠]/.test(japanese.stdout), japanese);
  const json = await wine.run(exe, ...words, '--json');
  holds(
    'as JSON it is ASCII',
    /^[\x20-\x7e\s]+$/.test(json.stdout) && json.stdout.includes('"results"'),
    json,
  );
  talker.close();
}

async function service(wine: Wine, api: LocalApi): Promise<void> {
  const { id: siteId } = await api.call('POST', '/v1/sites', { name: 'Wine' });
  const site = `/v1/sites/${String(siteId)}`;
  const { code } = await api.call('POST', `${site}/enrolment-codes`, { servers: 1, roles: ['services'] });
  const state = async (): Promise<string> => {
    const { items } = (await api.call('GET', `${site}/servers`)) as unknown as {
      items: { agent: { state: string } | null }[];
    };
    return items[0]?.agent?.state ?? 'none';
  };
  const connected = async (): Promise<boolean> => (await state()) === 'connected';
  const msi = `Z:${path.join(ROOT, 'dist/agent-work/wine/mailpath-agent.msi').replaceAll('/', '\\')}`;
  const installed = await wine.run(
    'msiexec',
    '/i',
    msi,
    '/qn',
    `API=${api.url}`,
    `CODE=${String(code)}`,
    'ROLES=services',
    `STATE=${STATE}`,
  );
  holds(
    'the installer runs in silence and enrols',
    installed.code === 0 && existsSync(wine.file(`${STATE}\\agent.json`)),
    installed,
  );
  await until('the service starts, and the agent joins', connected);
  const [agent = 0] = wine.processes('mailpath-agent.exe');
  process.kill(agent, 'SIGKILL');
  await until('a killed agent is started again', () =>
    wine.processes('mailpath-agent.exe').some((pid) => pid !== agent),
  );
  await until('and joins again', connected);
  const [host = 0] = wine.processes('mailpath-service.exe');
  process.kill(host, 'SIGKILL');
  await until('the agent ends with its host', () => wine.processes('mailpath-agent.exe').length === 0);
  await until('which the API sees', async () => !(await connected()));
  await until(
    'the service is started by hand',
    async () => (await wine.run('net', 'start', 'mailpath-agent')).code === 0,
  );
  await until('and the agent joins', connected);
  const stopped = await wine.run('net', 'stop', 'mailpath-agent');
  holds('the service stops', stopped.code === 0, stopped);
  await until('and its agent said so first', () => lastEvent(wine) === 'stopped');
  const removed = await wine.run('msiexec', '/x', msi, '/qn');
  holds(
    'it is removed, and its state stays',
    removed.code === 0 &&
      !existsSync(wine.file('C:\\Program Files\\Mailpath Agent\\mailpath-agent.exe')) &&
      existsSync(wine.file(`${STATE}\\agent.json`)),
    removed,
  );
}

/** The last event of the agent's log, which the host keeps; looked for, as Wine's services have other folders. */
function lastEvent(wine: Wine): string {
  // find follows no link: one of Wine's leads to all of this machine.
  const found = execFileSync('find', [wine.file('C:\\'), '-name', 'agent.log'], { encoding: 'utf8' });
  const [file = ''] = found.split('\n');
  if (file === '') return '';
  const line = readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '{}';
  return (JSON.parse(line) as { event: string }).event;
}

if (!Wine.isInstalled() || !existsSync(path.join(RELEASE, 'mailpath-agent.exe'))) {
  console.error('test:wine: needs wine64 (apt-get install wine wine64) and npm run build:agent before');
  process.exit(2);
}
const home = mkdtempSync(path.join(os.tmpdir(), 'mailpath-wine-api-'));
const wine = new Wine();
let api: LocalApi | undefined;
try {
  installerForWine();
  await wine.start();
  await checks(wine);
  api = await startLocalApi(home);
  await service(wine, api);
  console.log(`Not shown by Wine:\n${NOT_SHOWN.map((line) => `- ${line}`).join('\n')}`);
} catch (error) {
  console.error(`test:wine: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await api?.stop();
  wine.remove();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
