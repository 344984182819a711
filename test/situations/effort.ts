import type { Effort } from './recordings.ts';

/** For a machine that has other work: fewer processes, and more time for everything. */
export const EFFORT_OPTIONS = {
  lanes: { type: 'string', default: '5' },
  patience: { type: 'string', default: '1' },
} as const;

type Given = Record<keyof typeof EFFORT_OPTIONS, string>;

/** Throws with one line where an option is no whole number from 1 to 99. */
export function effortOf(values: Given): Required<Effort> {
  const count = (name: keyof Given): number => {
    if (/^[1-9]\d?$/.test(values[name])) return Number(values[name]);
    throw new Error(`--${name} ${values[name]}: write a whole number from 1 to 99`);
  };
  return { lanes: count('lanes'), patience: count('patience') };
}
