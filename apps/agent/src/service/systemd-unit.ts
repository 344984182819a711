export const UNIT_NAME = 'mailpath-agent.service';

export interface UnitOptions {
  /** The program with its first words: the executable, or Node and the script. */
  command: readonly string[];
  stateDir: string;
  user: string;
}

/** A word of ExecStart: in quotes, with specifiers and variables of systemd taken literally (systemd.service(5)). */
const word = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;

/** A path in a setting that takes one: specifiers alone are read there. */
const plain = (text: string): string => text.replaceAll('%', '%%');

/** A path in a setting that takes several with blanks between; a backslash is read as it stands. */
const listed = (text: string): string => `"${plain(text)}"`;

/** The unit of an agent that was put there by hand: hardened as the one of the packages is, which a spec compares. */
export function systemdUnit({ command, stateDir, user }: UnitOptions): string {
  return `[Unit]
Description=Mailpath agent
Wants=network-online.target
After=network-online.target
ConditionPathExists=${plain(stateDir)}/agent.json

[Service]
Type=exec
ExecStart=${[...command, 'run', '--state', stateDir].map(word).join(' ')}
User=${user}
EnvironmentFile=-/etc/default/mailpath-agent
Environment=UV_THREADPOOL_SIZE=16 MALLOC_ARENA_MAX=1
ReadWritePaths=${listed(stateDir)}
Restart=always
RestartSec=5
# Not enrolled, or another agent on the folder: a restart changes nothing.
RestartPreventExitStatus=2
TimeoutStopSec=15
MemoryMax=256M
TasksMax=64
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
ProtectProc=invisible
ProcSubset=pid
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=yes
DevicePolicy=closed
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RemoveIPC=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
CapabilityBoundingSet=
UMask=0077

[Install]
WantedBy=multi-user.target
`;
}
