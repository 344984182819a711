import { describe, expect, it } from 'vitest';
import type { ChecklistEntry } from '../api/types.ts';
import { byItem, counted } from './grouped.ts';

const entry = (
  item: string,
  name: string,
  verdict: ChecklistEntry['verdict'],
  sentence = verdict as string,
) =>
  ({
    item,
    title: item,
    subject: { kind: 'server', name },
    verdict,
    sentence,
    nextStep: null,
  }) as ChecklistEntry;

describe('the checklist by item', () => {
  const items = byItem([
    entry('C9', 'app01', 'holds'),
    entry('C9', 'app02', 'broken'),
    entry('C9', 'app03', 'holds'),
    entry('X4', 'app01', 'cannot-tell'),
    entry('X4', 'app02', 'holds', 'otherwise'),
    entry('X9', 'app01', 'holds'),
  ]);

  it('says once what is alike of several subjects, and nothing else', () => {
    expect(items.map(({ item, lines }) => [item, lines.map(({ subjects }) => subjects.join())])).toEqual([
      ['C9', ['app01,app03', 'app02']],
      ['X4', ['app01', 'app02']],
      ['X9', ['app01']],
    ]);
  });

  it('counts an item as what is worst of it', () => {
    expect(counted(items)).toEqual({ holds: 1, broken: 1, 'cannot-tell': 1 });
  });
});
