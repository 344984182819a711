import path from 'node:path';
import { environment } from './config.ts';
import { quoted } from './quoted.ts';

/** What tells how a program was started. */
export interface Invocation {
  /** `process.argv[1]`: the absolute path of what was started, links not followed. */
  script: string | undefined;
  cwd: string;
  /** `npm_lifecycle_event`: the script of package.json that npm runs. */
  npmScript: string | undefined;
}

/**
 * How this program was called, so that every command that an error, a help text or `enrol` names can be typed as it
 * stands: through npm, by the name that npm links, as a program of its own, or as a
 * file that is given to Node.
 */
export function calledAs({ script, cwd, npmScript }: Invocation): string {
  if (npmScript === 'agent') return 'npm run -s agent --';
  if (script === undefined || path.extname(script) === '') return 'mailpath-agent';
  const relative = path.relative(cwd, script);
  const shown = relative.startsWith('..') ? script : relative;
  return path.extname(script) === '.exe' ? quoted(shown) : `node ${quoted(shown)}`;
}

/** This process. */
export const CALLED = calledAs({
  script: process.argv[1],
  cwd: process.cwd(),
  npmScript: environment()['npm_lifecycle_event'],
});
