import { readFileSync } from 'node:fs';
import path from 'node:path';
import { shellText } from '../shell-text.ts';

/** `upgrade` of agent.json: this machine's administrator lets the API offer builds that these keys have signed. */
export interface UpgradeSetting {
  keys: readonly string[];
  proveWithinSeconds: number;
}

/** Long enough to join and to have one round acknowledged. */
export const PROVE_WITHIN_SECONDS = 120;

/** Read before the rest of the program is loaded; null unless it is allowed. What is wrong there, `run` says. */
export function readUpgradeSetting(stateDir: string): UpgradeSetting | null {
  let upgrade: unknown;
  try {
    ({ upgrade } = JSON.parse(shellText(readFileSync(path.join(stateDir, 'agent.json')))) as {
      upgrade?: unknown;
    });
  } catch {
    // Not enrolled, or not JSON: the program itself refuses to run, with the reason.
    return null;
  }
  const { from, keys, proveWithinSeconds } = (upgrade ?? {}) as Record<string, unknown>;
  if (from !== 'api' || !Array.isArray(keys)) return null;
  const seconds = Number(proveWithinSeconds ?? PROVE_WITHIN_SECONDS);
  return {
    keys: keys.filter((key) => typeof key === 'string' && /^[A-Za-z0-9_-]{43}$/.test(key)) as string[],
    proveWithinSeconds: seconds >= 1 && seconds <= 600 ? seconds : PROVE_WITHIN_SECONDS,
  };
}
