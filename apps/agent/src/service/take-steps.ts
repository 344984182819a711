import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { CannotRun } from '../cannot-run.ts';
import { textOf } from '../log.ts';
import { quoted } from '../quoted.ts';
import type { Step } from './service-steps.ts';

/** Does them one after the other; the first that fails ends it, with what was tried. */
export function takeSteps(steps: readonly Step[]): void {
  for (const step of steps) take(step);
}

function take(step: Step): void {
  if ('program' in step) return runProgram(step);
  const file = 'file' in step ? step.file : step.remove;
  try {
    if ('file' in step) writeFileSync(file, step.content, { mode: 0o644 });
    else rmSync(file, { force: true });
  } catch (error) {
    throw new CannotRun(
      {
        en: `${file} cannot be written (${textOf(error)}): run this as root`,
        ja: `${file} に書き込めません (${textOf(error)})。root として実行してください`,
      },
      { cause: error },
    );
  }
}

function runProgram({ program, args, mayEndWith = [] }: Extract<Step, { program: string }>): void {
  const { status, stderr, stdout, error } = spawnSync(program, args, { encoding: 'utf8', windowsHide: true });
  if (status === 0 || (status !== null && mayEndWith.includes(status))) return;
  const said = error ? textOf(error) : textOf(`${status}: ${stderr || stdout}`);
  const line = [program, ...args].map((word) => quoted(word)).join(' ');
  throw new CannotRun({
    en: `${line} failed (${said}): run this as root, or on Windows as an administrator`,
    ja: `${line} が失敗しました (${said})。root、Windows では管理者として実行してください`,
  });
}
