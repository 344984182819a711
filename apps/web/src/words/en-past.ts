/** What the pages of the past say, in English. */
const hours = (n: number): string =>
  n === 1 ? 'an hour' : n === 24 ? 'a day' : n === 168 ? 'a week' : n === 720 ? '30 days' : `${n} hours`;
const cells = (n: number): string => (n === 1 ? '1 cell' : `${n} cells`);

export const enPast = {
  past: {
    title: 'Then and now',
    before: 'Then',
    after: 'Now',
    from: 'From',
    until: 'Until (empty: now)',
    ago: (n: number) => `${hours(n)} ago`,
    moment: 'A moment…',
    server: 'Server',
    sentence: (worse: number, better: number, different: number) =>
      worse + better + different === 0
        ? 'Nothing broke and nothing healed'
        : [
            worse > 0 && `${cells(worse)} broke`,
            better > 0 && `${cells(better)} healed`,
            different > 0 && `${cells(different)} ${different === 1 ? 'fails' : 'fail'} otherwise`,
          ]
            .filter((part) => part !== false)
            .join(', '),
    same: 'No difference',
    sameLead: 'Every check of every server came to the same at both moments.',
    kind: {
      worse: 'Broke',
      better: 'Healed',
      different: 'Fails otherwise',
      appeared: 'Known only now',
      gone: 'Known only then',
    },
    fold: 'fold',
    unfold: 'show',
    whole: 'The whole comparison as it was then',
    baselines: 'Baselines',
    baselinesLead: 'Keep a moment under a name, before an upgrade say, and hold the present against it.',
    compare: 'Compare with now',
    remove: 'Delete',
    removeSure: 'The moment can then be seen only as long as its results are kept.',
    name: 'Name of a new baseline',
    example: 'before ES6',
    at: 'Moment (empty: now)',
    make: 'Keep as baseline',
  },
  overTime: {
    lead: 'How long it took on each server, and where it failed. One scale for all.',
    link: 'Over time',
    table: 'As numbers',
    last: (n: number) => `Last ${n === 1 ? 'hour' : n === 24 ? 'day' : n === 168 ? 'week' : hours(n)}`,
    median: 'median',
    band: 'least to 95th percentile',
    least: 'least',
    failed: 'failed',
    marks: 'finding or baseline',
    mark: {
      'finding-opened': 'Finding opened',
      'finding-closed': 'Finding closed',
      baseline: 'Baseline',
    },
    slot: (seconds: number) =>
      seconds < 120
        ? `one point for ${seconds} s`
        : seconds < 7_200
          ? `one point for ${Math.round(seconds / 60)} min`
          : `one point for ${Math.round(seconds / 3_600)} h`,
    at: 'Begins',
    results: 'Results',
  },
};
export type PastWords = typeof enPast;
