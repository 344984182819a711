const days = (n: number) => (n === 1 ? '1 day' : `${n.toLocaleString('en')} days`);

/** What the pages say that look after Mailpath itself, in English. */
export const enUpkeep = {
  bytes: (n: number) =>
    n < 1e6
      ? `${Math.ceil(n / 1e3)} kB`
      : n < 1e9
        ? `${(n / 1e6).toFixed(n < 1e7 ? 1 : 0)} MB`
        : `${(n / 1e9).toFixed(n < 1e10 ? 1 : 0)} GB`,
  broken: {
    title: 'This page has broken',
    lead: 'Mailpath has a fault here, or was upgraded while the page was open. Load it again.',
  },
  upgrades: {
    title: 'Agent versions',
    lead: 'Which agent runs where. An upgrade is offered only to servers whose own administrator has allowed it: one server first, then group by group. A server keeps it when it has joined and had a round acknowledged within two minutes; otherwise it goes back by itself.',
    version: 'Version',
    allowed: 'Upgrades from here',
    lastUpgrade: 'Last upgrade',
    noAgent: 'no agent enrolled',
    older: 'older than others',
    never: 'none',
    may: {
      allowed: 'allowed',
      off: 'off: allow them on that server',
      unknown: 'not known: its agent has not said',
    },
    all: 'Upgrades',
    to: (version: string) => `Upgrade to ${version}`,
    state: {
      running: 'running',
      done: 'done on all servers that allow it',
      stopped: 'stopped by a person',
      halted: 'halted: a server did not keep it',
    },
    server: {
      waiting: 'waits for its turn',
      offered: 'offered',
      staged: 'verified, begins at its next start',
      kept: 'kept: it proved itself',
      'rolled-back': 'rolled back',
      refused: 'refused',
      silent: 'no word for half an hour',
      'not-allowed': 'not allowed on that server',
    },
    notOffered: 'was not offered it',
    because: ':',
    reason: 'Why:',
    hours: (days: string, from: string, to: string, zone: string) =>
      `Only on ${days}, ${from} to ${to} (${zone}).`,
    day: {
      mon: 'Monday',
      tue: 'Tuesday',
      wed: 'Wednesday',
      thu: 'Thursday',
      fri: 'Friday',
      sat: 'Saturday',
      sun: 'Sunday',
    },
    first: 'First, by itself',
    group: (n: number) => `Group ${n}`,
    last: 'Last',
    follow: 'Groups that follow it',
    followLead:
      'A group is offered the build when the group before it has kept it. Servers without a group go last.',
    others: 'Last, with all others',
    when: 'Hours',
    onlyAt: 'Offer it only at certain hours',
    days: 'Days',
    from: 'From',
    until: 'Until',
    timeZone: 'Time zone',
    pastMidnight: 'It goes on past midnight, until this time on the next day.',
    offersOnly: 'Outside these hours no server is offered the build; one that has it goes on with it.',
    wrongHours: {
      days: 'Choose at least one day.',
      from: 'Write the time of day from which the build may be offered, such as 22:00.',
      to: 'Write the time of day until which the build may be offered, such as 05:00.',
      same: 'It ends at the time at which it begins: choose another end.',
    },
    stop: 'Stop this upgrade',
    stopSure: 'It is offered to no further server. Those that have it already go on by themselves.',
    begin: 'Begin an upgrade',
    beginLead:
      'The signed build in /downloads is offered to the server below first, and to the others when that one has kept it.',
    goesFirst: 'Server that goes first',
    noBuild: (files: readonly string[]) =>
      `There is no signed build to upgrade to. Put ${files.join(' and ')} into the folder of /downloads.`,
    noneAllowed:
      'No server allows upgrades yet. On each server, its administrator pins the key with which builds are signed: mailpath-agent enrol --upgrade-key.',
  },
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
