import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Runs one spec in its long form; what it says goes to stderr. */
export async function runSpec(
  spec: string,
  env: Readonly<Record<string, string>>,
): Promise<{ figure: string; bound: string; held: boolean }> {
  const root = path.join(import.meta.dirname, '../..');
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', spec], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.pipe(process.stderr);
  const [code] = (await once(child, 'close')) as [number | null];
  const asked = Object.values(env).join(', ');
  return {
    figure: `${asked}, ${code === 0 ? 'none failed' : 'some failed'}`,
    bound: 'none fails',
    held: code === 0,
  };
}
