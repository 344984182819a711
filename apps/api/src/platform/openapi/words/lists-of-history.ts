/** Closed lists of what was observed over time. */
export const LISTS_OF_HISTORY: Record<string, { is: string; words: Record<string, string> }> = {
  CellChangeKind: {
    is: 'In which direction a cell changed.',
    words: {
      worse: 'its outcome is worse',
      better: 'its outcome is better',
      different: 'it fails elsewhere or otherwise, or was not tried at one of the moments',
      appeared: 'nothing was known of it at the earlier moment',
      gone: 'nothing is known of it at the later moment',
    },
  },
  SeriesMarkKind: {
    is: 'What happened at a moment.',
    words: {
      'finding-opened': 'a finding that rests on the check opened',
      'finding-closed': 'a finding that rests on the check closed',
      baseline: 'a baseline shows this moment',
    },
  },
  SeriesSource: {
    is: 'From what a series is read.',
    words: {
      results: 'the results themselves',
      hours: 'roll-ups by hours, and results that are in none yet',
      days: 'roll-ups by days (UTC), and results that are in none yet',
    },
  },
};
