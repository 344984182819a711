const days = (n: number) => (n === 1 ? '1 day' : `${n.toLocaleString('en')} days`);

/** What the pages say that look after Mailpath itself, in English. */
export const enUpkeep = {
  bytes: (n: number) =>
    n < 1e6
      ? `${Math.ceil(n / 1e3)} kB`
      : n < 1e9
        ? `${(n / 1e6).toFixed(n < 1e7 ? 1 : 0)} MB`
        : `${(n / 1e9).toFixed(n < 1e10 ? 1 : 0)} GB`,
  retention: {
    title: 'Retention',
    lead: 'For how long Mailpath keeps what it has seen. Once a day it deletes what is older; that does not come back. The audit log and baselines stay, and so does every finding that is still open.',
    kind: {
      resultsDays: {
        title: 'Results with their evidence',
        keeps:
          'Each result with its phases, certificates and transcript. Runs, sign-ins and findings that have closed go with them.',
        costs: 'This is what fills the disk: it grows with servers, checks and how often they run.',
      },
      hourRollUpsDays: {
        title: 'What each check came to, hour by hour',
        keeps:
          'How many results passed and failed, and how long they took. The curves of the past weeks need it.',
        costs: 'It takes little: one small record for each server and day.',
      },
      dayRollUpsDays: {
        title: 'What each check came to, day by day',
        keeps: 'The same for whole days. The curves of past months and years need it.',
        costs: 'It takes next to nothing: one small record for each server and month.',
      },
    },
    field: 'Days',
    size: (bytes: string) => `Takes ${bytes} on disk now.`,
    byDefault: (n: number) => `Left empty: ${days(n)}, as Mailpath was started.`,
    wrong: (kind: string, n: number) =>
      `${kind}: write a whole number of days from 1 to 3,650, or leave it empty for ${days(n)}.`,
    shorter: (kind: string, n: number) =>
      `${kind}: what is older than ${days(n)} is deleted at the next clean-up, within a day. It does not come back.`,
    save: 'Save',
    saveAndDelete: 'Save, and delete what is older',
    saved: 'Saved. All instances obey it from the next clean-up on.',
  },
};
export type UpkeepWords = typeof enUpkeep;
