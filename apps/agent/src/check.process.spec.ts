import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeTestCa, startMailHost, type MailHost, type TestCa } from '@mailpath/checks/testing';
import { ServerReport, STATEMENTS_URL } from '@mailpath/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AgentProcess, CALLED_HERE, type Ended } from './testing/agent-process.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

let ca: TestCa;
let host: MailHost;
let trust: Record<string, string>;
const started: AgentProcess[] = [];

beforeAll(async () => {
  ca = await makeTestCa();
  host = await startMailHost({ address: '127.0.0.1', tls: await ca.issue({ names: ['127.0.0.1'] }) });
  const file = path.join(tempDir(), 'ca.pem');
  writeFileSync(file, ca.certificate);
  trust = { NODE_EXTRA_CA_CERTS: file };
});
afterEach(async () => {
  for (const one of started.splice(0)) await one.kill();
});
afterAll(async () => {
  await host.stop();
  removeTempDirs();
});

function start(args: readonly string[], env: Record<string, string> = {}): AgentProcess {
  const agent = new AgentProcess(args, env);
  started.push(agent);
  return agent;
}
/** Without the lines that a slow machine sees every five seconds. */
const run = async (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> => {
  const ended = await start(args, env).ended;
  return { ...ended, stderr: ended.stderr.replaceAll(/^mailpath-agent: waiting: .*\n/gm, '') };
};

/** All standard targets, aimed at the loopback host. */
const aimed = (others: Partial<MailHost['targets']> = {}): string[] =>
  Object.entries({ ...host.targets, ...others }).flatMap(([name, { host: to, port }]) => [
    '--target',
    `${name}=${to}:${port}`,
  ]);

describe('mailpath-agent check', () => {
  it('exits with 0 and a good closing line when every way is open', async () => {
    const { code, stdout, stderr } = await run(['check', ...aimed()], trust);
    expect(stderr).toBe('');
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^6 checks on .+ \(services, application\): none failed\.$/,
    );
    expect(stdout).not.toContain('\u001b');
    expect(code).toBe(0);
  });

  it('says the same in Japanese with --lang ja', async () => {
    const { code, stdout } = await run([
      'check',
      '--only',
      'imap',
      '--target',
      'imap=127.0.0.1:1',
      '--lang',
      'ja',
    ]);
    expect(stdout).toContain('127.0.0.1:1 への TCP 接続が拒否されます。');
    expect(stdout).toContain('ネットワーク担当');
    expect(code).toBe(1);
  });

  it('exits with 1 and says phase, cause, owner and next step when a port is closed', async () => {
    const { code, stdout } = await run(['check', '--only', 'imap', '--target', 'imap=127.0.0.1:1']);
    expect(stdout).toMatch(/imap\.tls +fail +connect/);
    expect(stdout).toMatch(/cause .*\n(?:.*\n)* *owner .*\n *next step /);
    expect(stdout).toContain('1 of 1 check failed');
    expect(code).toBe(1);
  });

  it('exits with 1 for a certificate that this machine does not trust', async () => {
    const { code, stdout } = await run(['check', '--only', 'pop3', ...aimed()]);
    expect(stdout).toMatch(/pop3\.tls +fail +tls/);
    expect(code).toBe(1);
  });

  it('shows every step with --verbose, in both languages, in words and with the code beside it', async () => {
    const only = ['check', '--verbose', '--only', 'smtp,imap'];
    const aim = aimed({ imap: { host: '127.0.0.1', port: 1 } });
    const english = await run([...only, ...aim], trust);
    expect(english.stdout).toMatch(/- TLS handshake \(tls\) {2}\d+ ms {2}passed \(pass\)/);
    expect(english.stdout).toMatch(/x TCP connection \(connect\) {2}\d+ ms {2}refused \(refused\)/);
    expect(english.stdout).toMatch(/^ {6}127\.0\.0\.1.*: reached/m);
    expect(english.stdout).toMatch(/^ {6}\[0\] CN=/m);
    expect(english.stdout).toMatch(/^ {6}S: 220 TEST\.outlook\.office365\.com/m);
    expect(english.stdout).toContain('second look');
    const japanese = await run([...only, '--lang', 'ja', ...aim], trust);
    expect(japanese.stdout).toMatch(/- TLS ハンドシェイク \(tls\) {2}\d+ ms {2}合格 \(pass\)/);
    expect(japanese.stdout).toMatch(/x TCP 接続 \(connect\) {2}\d+ ms {2}拒否 \(refused\)/);
    expect((await run(['check', '--only', 'smtp', ...aimed()], trust)).stdout).not.toContain(
      'TLS handshake (tls)',
    );
  });

  it('prints one document and nothing else with --json', async () => {
    const { code, stdout, stderr } = await run(
      ['check', '--json', '--role', 'services', ...aimed({ imap: { host: '127.0.0.1', port: 1 } })],
      trust,
    );
    const report = ServerReport.parse(JSON.parse(stdout));
    expect(report).toMatchObject({ server: { roles: ['services'] }, cloud: 'worldwide' });
    expect(report.results.map((result) => `${result.check} ${result.outcome}`)).toContain('imap.tls fail');
    expect(report.results.filter(({ repeats }) => repeats === null)).toHaveLength(6);
    const again = report.results.filter(({ repeats }) => repeats !== null);
    expect(again.map(({ repeats }) => repeats)).toEqual(
      report.results.filter(({ outcome, repeats }) => outcome === 'fail' && !repeats).map(({ id }) => id),
    );
    expect(again.length).toBeGreaterThan(0);
    expect(report.findings.length).toBeGreaterThan(0);
    for (const { statements, links } of report.findings)
      expect(links?.map(({ url }) => url).includes(STATEMENTS_URL)).toBe(statements.length > 0);
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  it.each([
    [['check', '--deadline', '0'], '--deadline "0": write a number of seconds from 1 to 300'],
    [
      ['check', '--target', 'mail=a:1'],
      '--target "mail=a:1": no target "mail"; use one of login, login-alias, exchange, smtp, imap, pop3',
    ],
    [['check', '--target', 'imap=::1'], '--target "imap=::1": write an IPv6 address in brackets: [::1]:993'],
    [['check', '--role', 'mail'], '--role "mail": use one of services, application'],
    [
      ['check', '--only', 'https.redirect-uri'],
      '--only "https.redirect-uri": leaves nothing to run, since what it needs comes with an order of the API; name a target such as imap',
    ],
    [['check', '--foo'], `unknown option '--foo' (${CALLED_HERE} check --help tells more)`],
    [
      ['check', '--target'],
      `option '--target <name=host:port>' argument missing (${CALLED_HERE} check --help tells more)`,
    ],
    [
      ['check', 'imap'],
      `too many arguments for 'check'. Expected 0 arguments but got 1. (${CALLED_HERE} check --help tells more)`,
    ],
    [['--foo'], `unknown option '--foo' (${CALLED_HERE} --help tells more)`],
    [
      ['chekc'],
      `unknown command "chekc": use one of check, compare, enrol, run, service, status (${CALLED_HERE} --help tells more)`,
    ],
    [
      [],
      `no command given: use one of check, compare, enrol, run, service, status (${CALLED_HERE} --help tells more)`,
    ],
    [
      ['enrol', 'https://a.test'],
      `missing required argument 'code' (${CALLED_HERE} enrol --help tells more)`,
    ],
    [
      ['enrol', 'a.test', 'code'],
      '<url> "a.test": write the API\'s address, such as https://mailpath.example.com',
    ],
    [
      ['enrol', 'https://a.test', 'code', '--allow', 'b.test'],
      '--allow "b.test": add the port, such as b.test:993, or b.test:* for any port',
    ],
    [
      ['run', '--state', '/nonexistent/x'],
      `not enrolled: there is no /nonexistent/x/agent.json; run: ${CALLED_HERE} enrol <url> <code> --state /nonexistent/x`,
    ],
    [
      ['status', '--state', '/nonexistent/x'],
      `not enrolled: there is no /nonexistent/x/agent.json; run: ${CALLED_HERE} enrol <url> <code> --state /nonexistent/x`,
    ],
  ])('%j exits with 2 and one line', async (args, line) => {
    expect(await run(args)).toEqual({
      code: 2,
      signal: null,
      stdout: '',
      stderr: `mailpath-agent: ${line}\n`,
    });
  });

  it('has its help and its errors in Japanese, with the program as it was called', async () => {
    const { code, stderr } = await run(['chekc', '--lang', 'ja']);
    expect(code).toBe(2);
    expect(stderr).toContain(`詳細: ${CALLED_HERE}`);
    const help = await run(['check', '--help', '--lang=ja']);
    expect(help.stdout).toMatch(/^使い方: /);
    expect(help.stdout).toContain(`例:\n  ${CALLED_HERE} check\n`);
  });

  it('writes the document to --output, and prints nothing', async () => {
    const file = path.join(tempDir(), 'report.json');
    const ended = await run(['check', '--json', '--only', 'imap', '--output', file, ...aimed()], trust);
    expect(ended).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(ServerReport.parse(JSON.parse(readFileSync(file, 'utf8'))).results).toHaveLength(1);
  });

  it('prints its version and its help on stdout and exits with 0', async () => {
    const pkg = JSON.parse(readFileSync(path.join(import.meta.dirname, '../package.json'), 'utf8')) as {
      version: string;
    };
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: `${pkg.version}\n`, stderr: '' });
    const help = await run(['check', '--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain(
      'Exit code: 0 all good, 1 a check failed or a finding is an error, 2 could not run.',
    );
  });

  it('ends at its deadline with the phase that was reached, and at once on Ctrl-C with 130', async () => {
    const silent = await startMailHost({
      address: '127.0.0.1',
      tls: await ca.issue({ names: ['127.0.0.1'] }),
      imap: { answer: '* still thinking' },
    });
    const target = ['--only', 'imap', '--target', `imap=127.0.0.1:${silent.ports.imap}`];
    const late = await run(['check', '--deadline', '1', ...target], trust);
    expect(late).toMatchObject({ code: 1 });
    const before = silent.accepted();
    const agent = start(['check', '--deadline', '300', ...target], trust);
    await vi.waitFor(() => expect(silent.accepted()).toBeGreaterThan(before), { timeout: 120_000 });
    agent.child.kill('SIGINT');
    expect(await agent.ended).toMatchObject({ code: 130, stdout: '' });
    await silent.stop();
  });

  // On Windows an agent cannot set it for itself (docs/agents.md), and macOS asks a service of its own for names.
  it.runIf(process.platform === 'linux')('gives look-ups sixteen threads', async () => {
    const silent = await startMailHost({
      address: '127.0.0.1',
      tls: await ca.issue({ names: ['127.0.0.1'] }),
      imap: { answer: '* still thinking' },
    });
    // A name and not an address, since the threads begin with the first look-up.
    const agent = start(
      ['check', '--only', 'imap', '--target', `imap=localhost:${silent.ports.imap}`],
      trust,
    );
    const tasks = `/proc/${agent.child.pid}/task`;
    const workers = (): number =>
      readdirSync(tasks).filter((id) =>
        readFileSync(`${tasks}/${id}/comm`, 'utf8').startsWith('libuv-worker'),
      ).length;
    await vi.waitFor(() => expect(workers()).toBe(16), { timeout: 120_000, interval: 10 });
    await silent.stop();
  });
});
