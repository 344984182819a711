import type { Language } from '@mailpath/protocol';
import { words as en } from './en.ts';
import { words as ja } from './ja.ts';

/**
 * Everything that the checklist says, in one language. The Japanese words have the type of the English ones: none can
 * be left out.
 */
export type ChecklistWords = typeof en;
const CATALOGUES: Readonly<Record<Language, ChecklistWords>> = { en, ja };

/** One sentence without a language: which one, and what it is made of. */
export interface Told {
  readonly id: keyof ChecklistWords;
  readonly args: readonly unknown[];
}

/** A sentence of the catalogue, its parts checked against what its words take. */
export function say<Id extends keyof ChecklistWords>(id: Id, ...args: Parameters<ChecklistWords[Id]>): Told {
  return { id, args };
}

/**
 * A sentence in words. Its parts were checked against the same id by `say`, so the types meet here and nowhere else.
 */
export function inWords({ id, args }: Told, language: Language): string {
  return (CATALOGUES[language][id] as (...parts: readonly unknown[]) => string)(...args);
}
