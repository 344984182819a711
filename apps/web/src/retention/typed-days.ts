import type { RetentionDays } from '../api/types.ts';

export type Kind = keyof RetentionDays;
export const KINDS = ['resultsDays', 'hourRollUpsDays', 'dayRollUpsDays'] as const satisfies readonly Kind[];

/** What is typed in the field of a kind: null where it is left empty, undefined where it is no number of days. */
export function typedDays(text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  const days = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  return days >= 1 && days <= 3650 ? days : undefined;
}

/** The kinds of which something would be deleted that is kept until now, with the days that stay. */
export function shortened(
  typed: Record<Kind, number | null | undefined>,
  { defaults, inForce }: Record<'defaults' | 'inForce', RetentionDays>,
): { kind: Kind; days: number }[] {
  return KINDS.flatMap((kind) => {
    if (typed[kind] === undefined) return [];
    const days = typed[kind] ?? defaults[kind];
    return days < inForce[kind] ? [{ kind, days }] : [];
  });
}
