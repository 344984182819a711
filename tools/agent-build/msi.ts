import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './debian-tool.ts';
import { windowsNode } from './executables.ts';
import { AGENT_VERSION, BUNDLE, PACKAGING, RELEASE, WORK } from './places.ts';
import { sign } from './signing.ts';

/** Sees a property while it installs elevated; all others of the command line are dropped. */
const SECURE = [
  'ACCOUNT',
  'API',
  'CODE',
  'PROXY',
  'ROLES',
  'STATE',
  'UPGRADEKEY',
  'WIX_DOWNGRADE_DETECTED',
  'WIX_UPGRADE_DETECTED',
];

/** Deferred (1024), not impersonated (2048), hidden from the log (8192), an installed file (18). */
const HIDDEN_ENROL = 1024 + 2048 + 8192 + 18;
/** Deferred, not impersonated, a program in a folder (34), whose refusal does not end the installation (64). */
const SYSTEM_PROGRAM = 1024 + 2048 + 64 + 34;
/** Sets a property to a formatted text. */
const SET_PROPERTY = 51;

const RECOVERY =
  '"[System64Folder]sc.exe" failure mailpath-agent reset= 86400 actions= restart/5000/restart/5000/restart/60000';
/** Whatever account it has, the service's own SID is in its token: the access list of the state folder names that. */
const SERVICE_SID = '"[System64Folder]sc.exe" sidtype mailpath-agent unrestricted';

/**
 * What wixl drops without a word or puts elsewhere, put right in the tables: the old product goes first and inside the
 * transaction; the enrolment comes after the service exists (its account is in the folder's access list) and before it
 * starts; the words of its command line are made of the properties.
 */
export const TABLE_FIXES: readonly string[] = [
  "UPDATE InstallExecuteSequence SET Sequence=1525 WHERE Action='RemoveExistingProducts'",
  "UPDATE InstallExecuteSequence SET Sequence=5850 WHERE Action='Enrol'",
  `UPDATE CustomAction SET Type=${HIDDEN_ENROL} WHERE Action='Enrol'`,
  `UPDATE Property SET Value='${SECURE.join(';')}' WHERE Property='SecureCustomProperties'`,
  // The service manager starts the host again where it dies.
  "INSERT INTO Directory (Directory, Directory_Parent, DefaultDir) VALUES ('System64Folder', 'TARGETDIR', '.')",
  `INSERT INTO CustomAction (Action, Type, Source, Target) VALUES ('Recovery', ${SYSTEM_PROGRAM}, 'System64Folder', '${RECOVERY}')`,
  `INSERT INTO InstallExecuteSequence (Action, Condition, Sequence) VALUES ('Recovery', 'NOT REMOVE', 5860)`,
  `INSERT INTO CustomAction (Action, Type, Source, Target) VALUES ('ServiceSid', ${SYSTEM_PROGRAM}, 'System64Folder', '${SERVICE_SID}')`,
  `INSERT INTO InstallExecuteSequence (Action, Condition, Sequence) VALUES ('ServiceSid', 'NOT REMOVE', 5861)`,
  ...setProperty('DefaultAccount', 'ACCOUNT', 'NT SERVICE\\mailpath-agent', 1009, 'NOT ACCOUNT'),
  ...setProperty('DefaultState', 'STATE', '[CommonAppDataFolder]mailpath-agent', 1010, 'NOT STATE'),
  // A backslash before a quotation mark would take it into the word, with all that follows. So a folder that ends in
  // one is given as `folder\\.`, and every other word with a blank at its end, which the agent takes off.
  ...setProperty('StateWord', 'STATEWORD', '[STATE]', 1011, '1'),
  ...setProperty('StateEnd', 'STATEWORD', '[STATE].', 1012, 'STATE >> "\\"'),
  ...setProperty('RoleWords', 'ROLEARGS', ' --role "[ROLES] "', 1013, 'ROLES'),
  ...setProperty('ProxyWords', 'PROXYARGS', ' --proxy "[PROXY] "', 1014, 'PROXY'),
  ...setProperty('UpgradeWords', 'UPGRADEARGS', ' --upgrade-key "[UPGRADEKEY] "', 1015, 'UPGRADEKEY'),
];

function setProperty(action: string, property: string, value: string, at: number, condition: string) {
  return [
    `INSERT INTO CustomAction (Action, Type, Source, Target) VALUES ('${action}', ${SET_PROPERTY}, '${property}', '${value}')`,
    `INSERT INTO InstallExecuteSequence (Action, Condition, Sequence) VALUES ('${action}', '${condition}', ${at})`,
  ];
}

const HOST_FLAGS = '-O2 -s -municode -Wall -Wextra -Wno-missing-field-initializers -Werror'.split(' ');

/** The service host, which is the same beside either program. */
export function serviceHost(): string {
  const file = path.join(RELEASE, 'mailpath-service.exe');
  run('x86_64-w64-mingw32-gcc', [
    ...HOST_FLAGS,
    // Without the time of the build in it.
    '-Wl,--no-insert-timestamp',
    '-o',
    file,
    path.join(PACKAGING, 'windows/mailpath-service.c'),
  ]);
  return sign(file);
}

/** `mailpath-agent.msi`: program, service and enrolment in one installation. */
export function msi(): string {
  copyFileSync(path.join(PACKAGING, 'windows/install.ps1'), path.join(RELEASE, 'install.ps1'));
  return packed('mailpath-agent.msi', false);
}

/** `mailpath-agent-node.msi`: the same with Node's own signed node.exe and the bundle beside it. */
export const msiWithNode = (): string => packed('mailpath-agent-node.msi', true);

function packed(name: string, withNode: boolean): string {
  const folder = path.join(WORK, withNode ? 'msi-node' : 'msi');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const copy = (from: string): void => copyFileSync(from, path.join(folder, path.basename(from)));
  copy(path.join(RELEASE, 'mailpath-service.exe'));
  if (withNode) [windowsNode(), BUNDLE].forEach(copy);
  else copy(path.join(RELEASE, 'mailpath-agent.exe'));
  const source = readFileSync(path.join(PACKAGING, 'windows/agent.wxs'), 'utf8');
  writeFileSync(path.join(folder, 'agent.wxs'), withNode ? withNodeBeside(source) : source);
  const file = path.join(RELEASE, name);
  rmSync(file, { force: true });
  run('wixl', ['-a', 'x64', '-D', `Version=${AGENT_VERSION}`, '-o', file, 'agent.wxs'], { cwd: folder });
  run('msibuild', [file, ...TABLE_FIXES.flatMap((statement) => ['-q', statement])]);
  return sign(file);
}

/** Both programs are one product: installing one takes the other's place. */
export function withNodeBeside(source: string): string {
  const own = '<File Id="AgentExe" Name="mailpath-agent.exe" Source="mailpath-agent.exe" KeyPath="yes" />';
  const script =
    '<File Id="AgentScript" Name="mailpath-agent.cjs" Source="mailpath-agent.cjs" />' +
    '<File Id="AgentExe" Name="node.exe" Source="node.exe" KeyPath="yes" />';
  const enrol = 'ExeCommand="enrol';
  if (!source.includes(own) || !source.includes(enrol)) throw new Error('agent.wxs is not as it was');
  return source
    .replace(own, script)
    .replace(enrol, 'ExeCommand="&quot;[INSTALLDIR]mailpath-agent.cjs&quot; enrol');
}
