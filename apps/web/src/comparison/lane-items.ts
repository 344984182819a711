import type { Lane } from '../api/types.ts';

/** The groups of the comparison, in the order in which ECE does it, each with the items of the checklist it shows. */
export const ITEMS: Record<Lane, readonly string[]> = {
  reach: ['C9', 'C10'],
  ece: ['C2', 'C3'],
  token: ['C4', 'C5'],
  fetch: ['C6', 'C8', 'C10'],
  send: ['C6', 'C8', 'C10'],
  'round-trip': ['C11'],
  own: [],
};
export const LANES = Object.keys(ITEMS) as readonly Lane[];
