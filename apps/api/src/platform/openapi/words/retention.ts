/** How long history is kept. */
export const RETENTION: Record<string, string> = {
  Retention: 'How long each kind of history is kept, and what it takes on disk.',
  RetentionChange: 'What to change of it.',
  RetentionDays: 'For how many days each kind of history is kept.',
  'Retention:resultsDays':
    'Days for which results with all their evidence, runs, sign-ins and the times that findings were open are kept, 1 to 3650; null where what Mailpath was started with holds (`MAILPATH_RETENTION_DAYS`).',
  'Retention:hourRollUpsDays':
    'Days for which it stays known hour by hour what each check came to, 1 to 3650; null where what Mailpath was started with holds (`MAILPATH_HOUR_ROLL_UPS_DAYS`).',
  'Retention:dayRollUpsDays':
    'Days for which it stays known day by day what each check came to, 1 to 3650; null where what Mailpath was started with holds (`MAILPATH_DAY_ROLL_UPS_DAYS`).',
  'RetentionDays.resultsDays': 'Days for results with all their evidence, and for the rest of the history.',
  'RetentionDays.hourRollUpsDays': 'Days for what each check came to, hour by hour.',
  'RetentionDays.dayRollUpsDays': 'Days for what each check came to, day by day.',
  'Retention.defaults': 'What Mailpath was started with: its environment, or its own defaults.',
  'Retention.inForce': 'What holds: what is set, and else what Mailpath was started with.',
  'Retention.bytes': 'Bytes that each kind takes on the disk of Postgres, with its indexes.',
  'Retention.bytes.results': 'Bytes of results, packs and evidence.',
  'Retention.bytes.hourRollUps': 'Bytes of the roll-ups by hours.',
  'Retention.bytes.dayRollUps': 'Bytes of the roll-ups by days.',
};
