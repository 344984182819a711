import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDir } from './testing/temp-dir.ts';
import { STUCK_EXIT_CODE } from './watchdog.ts';

const PROGRAM = path.join(import.meta.dirname, 'testing/wedged.ts');

function start(stateDir: string, kind: string) {
  const child = spawn(process.execPath, ['--conditions=source', PROGRAM, stateDir, kind], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  return { child, exited, lines: () => out.split('\n').filter((line) => line.includes('"stuck"')) };
}

describe('an agent that stands still', () => {
  it.each([
    ['its event loop', 'loop', [null, 'SIGKILL']],
    ['its schedule', 'schedule', [STUCK_EXIT_CODE, null]],
  ])('is ended by %s once, and not again within the hour', async (_, kind, ends) => {
    const stateDir = tempDir();
    const first = start(stateDir, kind);
    expect(await first.exited).toEqual(ends);
    expect(first.lines().map((line) => (JSON.parse(line) as { restarted: string }).restarted)).toEqual([
      'now',
    ]);
    const second = start(stateDir, kind);
    await expect.poll(() => second.lines().join('')).toMatch(/within the hour, and it did not help/);
    if (kind === 'loop') second.child.kill('SIGKILL');
    await second.exited;
    expect(second.lines()).toHaveLength(1);
  });

  it('is left alone while it only starts slowly, or has nothing to do', async () => {
    const { exited, lines } = start(tempDir(), 'idle');
    expect(await exited).toEqual([7, null]);
    expect(lines()).toEqual([]);
  });
});
