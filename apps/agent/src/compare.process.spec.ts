import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckResult, Role } from '@mailpath/protocol';
import { afterAll, describe, expect, it } from 'vitest';
import { AgentProcess, CALLED_HERE, type Ended } from './testing/agent-process.ts';
import { passed } from './testing/result-fixtures.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

afterAll(removeTempDirs);

const folder = tempDir();
const at = (port: number, changes: Partial<CheckResult> = {}): CheckResult => ({
  ...passed(),
  target: { name: 'imap', host: 'outlook.office365.com', port },
  ...changes,
});
const dropped = at(993, {
  outcome: 'fail',
  failure: {
    phase: 'connect',
    code: 'timeout',
    message: 'outlook.office365.com:993 did not answer \u001b[2J',
  },
});

function report(name: string, roles: Role[], results: unknown[]): string {
  const file = path.join(folder, `${name}.json`);
  const server = { name, roles, platform: 'linux 6', nodeVersion: '24.21.0', agentVersion: '0.1.0' };
  writeFileSync(
    file,
    JSON.stringify({ server, cloud: 'worldwide', results, findings: [{ of: 'another version' }] }),
  );
  return file;
}
const run = (...args: string[]): Promise<Ended> => new AgentProcess(['compare', ...args]).ended;

const app01 = report('app01', ['application'], [at(993)]);
const app02 = report('app02', ['application'], [dropped]);

describe('mailpath-agent compare', () => {
  it('shows servers side by side, marks what differs, and says what follows for the site', async () => {
    const { code, stdout, stderr } = await run(app01, app02);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^check +target +app01 +app02\n +application +application$/m);
    expect(stdout).toMatch(
      /^imap\.tls +outlook\.office365\.com:993 +pass 12 ms +FAIL connect ≠\n +timeout 12 ms$/m,
    );
    expect(stdout).toContain('WARNING  app02: TCP to outlook.office365.com:993 gets no answer.');
    expect(stdout).toContain('From app01 outlook.office365.com:993 can be used');
    expect(stdout).not.toContain('\u001b');
    expect(code).toBe(1);
  });

  it('says it in Japanese, and exits with 0 where nothing follows', async () => {
    const found = await run('--lang', 'ja', app02, app01);
    expect(found.stdout).toContain(
      '警告  app02: outlook.office365.com:993 への TCP 接続に応答がありません。',
    );
    expect(found.code).toBe(1);
    const { code, stdout } = await run('--lang', 'ja', app01, report('svc01', ['services'], [at(993)]));
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('検出された問題はありません。');
    expect(code).toBe(0);
  });

  it('reads what any shell wrote, and prints one document with --json', async () => {
    const text = readFileSync(app02, 'utf8');
    for (const [name, bytes] of [
      ['utf8-bom', Buffer.from(`\ufeff${text}`)],
      ['utf16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
      ['utf16be', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ] as const) {
      const file = path.join(folder, `${name}.json`);
      writeFileSync(file, bytes);
      const { code, stdout } = await run('--json', app01, file);
      const said = JSON.parse(stdout) as {
        servers: { name: string }[];
        rows: { cells: object[] }[];
        findings: { links?: object[] }[];
      };
      expect(said.servers.map((each) => each.name)).toEqual(['app01', 'app02']);
      expect(said.rows[0]?.cells[1]).toMatchObject({ outcome: 'fail', phase: 'connect', differs: true });
      expect(said.findings.map(({ links }) => Array.isArray(links))).toEqual([true]);
      expect(code).toBe(1);
    }
  });

  it('says that nothing ran, with 2, where every check was skipped', async () => {
    const skippedOne = at(993, { outcome: 'skipped', reason: 'the round was called off' });
    const files = ['idle1', 'idle2'].map((name) => report(name, ['services'], [skippedOne]));
    const { code, stdout } = await run(...files);
    expect(stdout).toContain('No check ran on idle1 and idle2');
    expect(code).toBe(2);
  });

  it.each([
    ['one file alone', () => [app01], 'give two files or more'],
    [
      'a file that is not there',
      () => [app01, path.join(folder, 'none.json')],
      /none\.json: there is no such file or folder \(ENOENT\); give a file/,
    ],
    ['one server twice', () => [app01, app01], 'server.name "app01" is that of'],
    [
      'a field that is wrong',
      () => [app01, report('bad', ['services'], [{ ...at(993), durationMs: -1 }])],
      /bad\.json: results\.0\.durationMs: .+; give a file/,
    ],
    ['a language it does not speak', () => ['--lang', 'fr', app01, app02], '--lang "fr": use one of en, ja'],
  ])('refuses %s in one line, with 2', async (_, args, says) => {
    const { code, stdout, stderr } = await run(...args());
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(says)]);
    expect(code).toBe(2);
  });

  it('lets no name in a file rule the terminal, neither in the table nor in a refusal', async () => {
    const file = (name: string): string => {
      const written = report(`odd${name}`, ['services'], [at(993)]);
      writeFileSync(
        written,
        readFileSync(written, 'utf8').replace(`"odd${name}"`, JSON.stringify('svc\u001b[2J\u202e')),
      );
      return written;
    };
    const [first, second] = [file('1'), file('2')];
    const { stdout } = await run(app01, first);
    const { stderr, code } = await run(first, second);
    expect(stdout).toMatch(/^check +target +app01 +svc \[2J\n +application +services$/m);
    expect(stderr).toContain('server.name "svc [2J " is that of');
    for (const mark of ['\u001b', '\u202e']) expect(stdout + stderr).not.toContain(mark);
    expect(code).toBe(2);
  });

  it('refuses what is no JSON', async () => {
    const file = path.join(folder, 'table.txt');
    writeFileSync(file, 'check  outcome\n');
    const { code, stderr } = await run(app01, file);
    expect(stderr).toContain(`table.txt: not JSON; give a file that ${CALLED_HERE} check --json wrote`);
    expect(code).toBe(2);
  });
});
