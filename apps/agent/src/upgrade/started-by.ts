import type { Outcome } from './upgrade-folder.ts';

/**
 * What the installed program hands to the build that it has started in its own process. Two versions agree on it: it
 * may grow, and nothing of it may go.
 */
export interface StartedBy {
  /** The version of the build that was started. */
  version: string;
  onTrial: boolean;
  /** To be called once, when it has joined and one round was acknowledged. */
  prove(): Outcome;
}

const KEY = Symbol.for('mailpath.upgrade.started-by');
const holder = globalThis as { [KEY]?: StartedBy };

/** Null in the installed program itself. */
export const startedBy = (): StartedBy | null => holder[KEY] ?? null;

export const hand = (startedBy: StartedBy): void => void (holder[KEY] = startedBy);
