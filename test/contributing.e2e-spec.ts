import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { runRound } from '@mailpath/checks';
import { listen } from '@mailpath/checks/testing';
import type { Check } from '../libs/checks/src/check.ts';

const ROOT = join(import.meta.dirname, '..');

it('shows a check in CONTRIBUTING.md that works as it stands there', async () => {
  const [, example = ''] =
    /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')) ?? [];
  const folder = join(ROOT, 'node_modules/.cache/contributing');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'smtp-greeting.check.ts');
  writeFileSync(file, example.replaceAll("from '../", `from '${join(ROOT, 'libs/checks/src')}/`));
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
    rmSync(folder, { recursive: true });
  }
});
