// `npm run bench:agent`: the built executable for Linux against its budgets, with a real API. Ends with 1 where one is
// exceeded. Needs `npm run build && npm run build:agent` before.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RELEASE } from '../agent-build/places.ts';
import { startLocalApi } from '../local-api.ts';

const EXE = path.join(RELEASE, 'mailpath-agent');
const SETTLE_MS = 20_000;
const WATCH_MS = 60_000;
const TICKS_A_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
/** Nothing leaves this machine: each host of Microsoft is this one, where nobody listens. */
const HOSTS = [
  'outlook.office365.com',
  'smtp.office365.com',
  'login.microsoftonline.com',
  'graph.microsoft.com',
];
let exceeded = 0;

function told(what: string, value: number, budget: number, unit: string): void {
  const over = value > budget;
  exceeded += over ? 1 : 0;
  console.log(`${over ? 'OVER' : 'ok  '}  ${what.padEnd(52)} ${value.toFixed(2)} ${unit} (budget ${budget})`);
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

/** User and system time of one start, in milliseconds, as the shell measures it. */
function cpuMs(command: string): number {
  const { stderr } = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time ${command} >/dev/null`], {
    encoding: 'utf8',
  });
  const [user = NaN, system = NaN] = stderr.trim().split(' ').map(Number);
  return (user + system) * 1_000;
}

/** Memory that the process alone has. */
const privateMiB = (pid: number): number =>
  Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;

/** Processor time so far, in seconds; the name in parentheses may hold spaces. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

async function watch(pid: number): Promise<{ memory: number; cpuPercent: number }> {
  await sleep(SETTLE_MS);
  const began = { at: performance.now(), cpu: cpuSeconds(pid) };
  const seen: number[] = [];
  while (performance.now() - began.at < WATCH_MS) {
    seen.push(privateMiB(pid));
    await sleep(1_000);
  }
  const seconds = (performance.now() - began.at) / 1_000;
  return { memory: median(seen), cpuPercent: ((cpuSeconds(pid) - began.cpu) / seconds) * 100 };
}

async function atWork(home: string): Promise<void> {
  const api = await startLocalApi(path.join(home, 'api'));
  const state = path.join(home, 'state');
  let agent;
  try {
    const { id } = await api.call('POST', '/v1/sites', {
      name: 'bench',
      everySeconds: 86_400,
      mailboxEverySeconds: null,
    });
    const site = `/v1/sites/${String(id)}`;
    const { code } = await api.call('POST', `${site}/enrolment-codes`, { servers: 1, roles: ['services'] });
    const began = performance.now();
    execFileSync(EXE, [
      'enrol',
      api.url,
      String(code),
      '--state',
      state,
      ...HOSTS.flatMap((host) => ['--resolve', `${host}=127.0.0.1`]),
    ]);
    agent = spawn(EXE, ['run', '--state', state], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { MALLOC_ARENA_MAX: '1', UV_THREADPOOL_SIZE: '16' },
    });
    let log = '';
    agent.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const results = async (): Promise<unknown[]> =>
      (await api.call('GET', `${site}/results?limit=1`))['items'] as unknown[];
    while ((await results()).length === 0) await sleep(50);
    told('enrol to first result', (performance.now() - began) / 1_000, 10, 's');
    const pid = agent.pid ?? 0;
    const idle = await watch(pid);
    told('private memory, idle', idle.memory, 50, 'MiB');
    told('processor, idle', idle.cpuPercent, 0.5, '% of a core');
    const tasks = Number(/"event":"round".*?"tasks":(\d+)/.exec(log)?.[1] ?? 1);
    const everySeconds = Math.max(10, tasks * 3);
    await api.call('PATCH', site, { everySeconds });
    const busy = await watch(pid);
    const rate = (tasks * 60) / everySeconds;
    told(`private memory, ${rate.toFixed(0)} checks a minute`, busy.memory, 64, 'MiB');
    told(`processor, ${rate.toFixed(0)} checks a minute`, busy.cpuPercent, 0.5, '% of a core');
  } finally {
    agent?.kill('SIGTERM');
    await api.stop();
  }
}

if (!existsSync(EXE)) {
  console.error('bench:agent: needs npm run build && npm run build:agent before');
  process.exit(2);
}
const SIZES = {
  'mailpath-agent.cjs': 30,
  'mailpath-agent.deb': 30,
  'mailpath-agent.rpm': 30,
  'mailpath-agent.msi': 40,
};
for (const [name, budget] of Object.entries(SIZES)) {
  const file = path.join(RELEASE, name);
  if (existsSync(file)) told(`size of ${name}`, statSync(file).size / 1e6, budget, 'MB');
  else console.log(`      size of ${name}: not built here`);
}
// One beside the other, so that both meet the same load of this machine.
const starts = Array.from({ length: 9 }, () => ({
  version: cpuMs(`"${EXE}" --version`),
  empty: cpuMs(`"${process.execPath}" -e 0`),
}));
const version = median(starts.map((start) => start.version));
const empty = median(starts.map((start) => start.empty));
told('processor time of --version', version, 150, 'ms');
console.log(
  `      an empty Node takes ${empty.toFixed(0)} ms here: ${(version / empty).toFixed(2)} times that`,
);
const home = mkdtempSync(path.join(os.tmpdir(), 'mailpath-bench-'));
try {
  execFileSync('mkdir', [path.join(home, 'api')]);
  await atWork(home);
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`private memory is RssAnon; load of this machine ${os.loadavg()[0]?.toFixed(1)}`);
if (exceeded > 0) process.exitCode = 1;
