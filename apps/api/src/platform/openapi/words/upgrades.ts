/** Upgrades of agents. */
export const UPGRADES: Record<string, string> = {
  Upgrade: 'An upgrade of the agents of a site to one build.',
  UpgradeCreation: 'Which build to upgrade to, and who goes when.',
  UpgradeList: 'The last upgrades of a site.',
  'Upgrade.version': 'The version that the build has.',
  'Upgrade.sha256': 'The SHA-256 of the bundle, hexadecimal.',
  'Upgrade.hours': 'When servers may be offered it; null for always.',
  'Upgrade.state':
    '`running`, `done`: every server has it that may, `stopped` by a person, `halted`: a server did not keep it.',
  'Upgrade.reason': 'Why it was halted; null otherwise.',
  'Upgrade.endedAt': 'When it ended, RFC 3339 in UTC; null while it runs.',
  'Upgrade.servers': 'The servers that it is for, in the order in which they go.',
  'UpgradeCreation.bundle': 'The name of the bundle in `/downloads`; `mailpath-agent.cjs` by default.',
  'UpgradeCreation.manifest':
    'The name of the file in `/downloads` with its signed statement; `mailpath-agent.manifest.json` by default.',
  'UpgradeCreation.first':
    'The id of the server that goes first, by itself; one that may be upgraded where it is left out.',
  'UpgradeCreation.groups':
    'Ids of servers that go together after it, group by group; all others go last. None by default.',
  'UpgradeCreation.hours': 'When servers may be offered it; null (the default) for always.',
  UpgradeHours:
    'When servers may be offered a build. A span past midnight belongs to the day on which it begins.',
  'UpgradeHours.days': 'The days of the week.',
  'UpgradeHours.from': 'The time of day at which it begins, such as `22:00`.',
  'UpgradeHours.to': 'The time of day at which it ends; earlier than `from`, on the next day.',
  'UpgradeHours.timeZone': 'The time zone that these are in, by its IANA name; `UTC` by default.',
  ServerUpgrade: 'What has become of an upgrade on one server.',
  'ServerUpgrade.group':
    'Its place in the order: 0 goes first, and a group goes when all before have kept it.',
  'ServerUpgrade.state':
    '`waiting` for its turn or its connection, `offered`, `staged`: verified and begun with at the next start, `kept`: it proved itself, `rolled-back`, `refused` by the agent, `silent`: no word for half an hour, `not-allowed` by the administrator of the machine.',
  'ServerUpgrade.reason': 'Why it was refused or rolled back, as the agent says it; null otherwise.',
  'ServerUpgrade.changedAt': 'Since when it is in this state, RFC 3339 in UTC.',
  AgentVersion: 'The version that runs on a server.',
  AgentVersionList: 'The servers of a site with their versions.',
  'AgentVersion.version': 'The version of the agent; null where none is enrolled.',
  'AgentVersion.nodeVersion': 'The version of Node.js that it runs on; null where none is enrolled.',
  'AgentVersion.platform': 'The operating system of its machine; null where none is enrolled.',
  'AgentVersion.upgrades':
    'Whether the administrator of the machine lets the API upgrade it: `allowed`, `off`, or `unknown` where the agent has not said.',
  'AgentVersion.last': 'What became of its last upgrade; null where there was none.',
  'AgentVersion.last.version': 'The version that it was to have.',
  'AgentVersion.last.state': 'What has become of it, as in an upgrade.',
  'AgentVersion.last.reason': 'Why it was refused or rolled back; null otherwise.',
  'AgentVersion.last.changedAt': 'Since when, RFC 3339 in UTC.',
};
