import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { runRound } from '@mailpath/checks';
import { listen } from '@mailpath/checks/testing';
import type { Check } from '../libs/checks/src/check.ts';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'node_modules/.cache/contributing');
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

function example(): string {
  return /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8'))?.[1] ?? '';
}

it('shows a check in CONTRIBUTING.md that works as it stands there', async () => {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, 'smtp-greeting.check.ts');
  writeFileSync(file, example().replaceAll("from '../", `from '${join(ROOT, 'libs/checks/src')}/`));
  const { smtpGreeting } = (await import(pathToFileURL(file).href)) as { smtpGreeting: Check };
  const server = await listen({}, (socket) => socket.write('220 TEST.outlook.office365.com ready\r\n'));
  try {
    const target = { name: 'smtp', host: '127.0.0.1', port: server.port };
    const [result] = await runRound([{ check: 'smtp.greeting', target }], {
      roundDeadlineMs: 5_000,
      checkDeadlineMs: 5_000,
      catalogue: [smtpGreeting],
    });
    expect(result).toMatchObject({
      outcome: 'pass',
      evidence: { smtp: { greeting: '220 TEST.outlook.office365.com ready' } },
    });
  } finally {
    await server.stop();
  }
});

it('takes one file and one line to add it to the catalogue, and breaks no spec that knows the catalogue', async () => {
  const copy = join(FOLDER, 'repository');
  const skip = /[/\\](?:node_modules|dist)(?:[/\\]|$)/;
  for (const part of [
    'libs/protocol',
    'libs/checks',
    'apps/api/src',
    'test/support/patient-waits.ts',
    'vitest.config.ts',
    'package.json',
  ]) {
    const from = join(ROOT, part);
    cpSync(from, join(copy, part), {
      recursive: true,
      filter: (file) => !skip.test(file.slice(ROOT.length)),
    });
  }
  for (const part of ['tsconfig.base.json', 'apps/api/tsconfig.json', 'apps/api/package.json'])
    cpSync(join(ROOT, part), join(copy, part));
  // Workspaces are found in the copy, everything else where it is.
  mkdirSync(join(copy, 'node_modules/@mailpath'), { recursive: true });
  for (const lib of ['protocol', 'checks'])
    symlinkSync(join(copy, 'libs', lib), join(copy, 'node_modules/@mailpath', lib), 'dir');
  const checks = join(copy, 'libs/checks/src');
  writeFileSync(join(checks, 'checks/smtp-greeting.check.ts'), example());
  const catalogue = readFileSync(join(checks, 'catalogue.ts'), 'utf8');
  writeFileSync(
    join(checks, 'catalogue.ts'),
    catalogue
      .replace(/^import /m, "import { smtpGreeting } from './checks/smtp-greeting.check.ts';\nimport ")
      .replace('readonly Check[] = [\n', 'readonly Check[] = [\n  smtpGreeting,\n'),
  );
  const specs = ['libs/checks/src/catalogue.spec.ts', 'apps/api/src/fleet/tasks/assignment.spec.ts'];
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  // Where the repository's own settings put it.
  const report = join(copy, 'node_modules/.cache/vitest.json');
  const words = [
    'run',
    '--project',
    'unit',
    '--root',
    copy,
    '--reporter',
    'json',
    '--outputFile',
    report,
    ...specs,
  ];
  const said = await promisify(execFile)(process.execPath, [vitest, ...words], {
    cwd: copy,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { stdout: string; stderr: string }) => error);
  expect(existsSync(report), `${said.stdout}${said.stderr}`).toBe(true);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: { status: string; fullName: string }[]; message: string }[];
  };
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(testResults.map(({ message }) => message).filter(Boolean)).toEqual([]);
  expect(results.filter(({ status }) => status !== 'passed').map(({ fullName }) => fullName)).toEqual([]);
  expect(results.some(({ fullName }) => fullName.startsWith('smtp.greeting says what it proves'))).toBe(true);
}, 300_000);
