import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

it('leaves with its code at once, though a thread of the pool is held up for good', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailpath-leave-'));
  const pipe = path.join(folder, 'nobody-writes');
  execFileSync('mkfifo', [pipe]);
  const script = `
    import { open } from 'node:fs';
    import { leave } from '${path.join(import.meta.dirname, 'leave.ts')}';
    open('${pipe}', () => undefined); // opening a pipe that nobody writes blocks a thread for ever
    setTimeout(() => process.stdout.write('said\\n', () => leave(3)), 200);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  // Were it to wait for the thread, only this would end it.
  const rescue = setTimeout(() => child.kill('SIGKILL'), 120_000);
  const end = await once(child, 'exit');
  clearTimeout(rescue);
  rmSync(folder, { recursive: true });
  expect(end).toEqual([3, null]);
  expect(said).toBe('said\n');
});
