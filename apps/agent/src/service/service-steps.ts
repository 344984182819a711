import path from 'node:path';
import { SERVICE_NAME } from '../folder-access.ts';
import { inWindowsQuotes } from '../quoted.ts';
import { systemdUnit, UNIT_NAME } from './systemd-unit.ts';

/** One thing to be done: a file to be written, or a program to be run, in the order in which they stand. */
export type Step =
  | { file: string; content: string }
  | { remove: string }
  | {
      program: string;
      args: readonly string[];
      /** Ended with one of these codes, it had nothing to do. */
      mayEndWith?: readonly number[];
    };

export interface Place {
  /** The program with its first words. */
  command: readonly string[];
  stateDir: string;
  /** Windows: where Windows itself is. */
  systemRoot: string;
  /** Windows: an account without a password in place of the service's own. */
  account?: string;
}

const UNIT_FILE = `/etc/systemd/system/${UNIT_NAME}`;
const USER = 'mailpath-agent';
/** ERROR_SERVICE_DOES_NOT_EXIST, ERROR_SERVICE_NOT_ACTIVE, ERROR_SERVICE_MARKED_FOR_DELETE (winerror.h). */
const NOT_THERE = 1060;
const NOT_STARTED = 1062;
/** useradd(8): there is such a user already. */
const USER_EXISTS = 9;

const EVENT_SOURCE = `HKLM\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\${SERVICE_NAME}`;

/** What makes the agent a service of this machine, and starts it. */
export function installSteps(platform: NodeJS.Platform, place: Place): Step[] {
  return platform === 'win32' ? installOnWindows(place) : installOnLinux(place);
}

function installOnLinux({ command, stateDir }: Place): Step[] {
  return [
    {
      program: 'useradd',
      args: [
        '--system',
        '--user-group',
        '--home-dir',
        stateDir,
        '--no-create-home',
        '--shell',
        '/usr/sbin/nologin',
        USER,
      ],
      mayEndWith: [USER_EXISTS],
    },
    { program: 'chown', args: ['-R', `${USER}:${USER}`, stateDir] },
    { file: UNIT_FILE, content: systemdUnit({ command, stateDir, user: USER }) },
    { program: 'systemctl', args: ['daemon-reload'] },
    { program: 'systemctl', args: ['enable', '--now', UNIT_NAME] },
  ];
}

/**
 * sc.exe wants a space behind each `name=` and the value as a word of its own. The host reads what stands behind its
 * own path as words for the agent.
 */
function installOnWindows({ command, stateDir, systemRoot, account }: Place): Step[] {
  const [exe = ''] = command;
  const host = hostBeside(exe);
  const sc = system(systemRoot, 'sc.exe');
  const reg = (name: string, type: string, value: string): Step => ({
    program: system(systemRoot, 'reg.exe'),
    args: ['add', EVENT_SOURCE, '/v', name, '/t', type, '/d', value, '/f'],
  });
  return [
    {
      program: sc,
      // prettier-ignore
      args: ['create', SERVICE_NAME, 'binPath=', `${inWindowsQuotes(host)} --state ${inWindowsQuotes(stateDir)}`, 'start=', 'auto', 'obj=', account ?? `NT SERVICE\\${SERVICE_NAME}`,
        'DisplayName=', 'Mailpath Agent'],
    },
    {
      program: sc,
      // prettier-ignore
      args: ['failure', SERVICE_NAME, 'reset=', '86400', 'actions=', 'restart/5000/restart/5000/restart/60000'],
    },
    // The access list of the state folder names the service: its own SID is put into the token of the other account.
    ...(account === undefined ? [] : [{ program: sc, args: ['sidtype', SERVICE_NAME, 'unrestricted'] }]),
    reg('EventMessageFile', 'REG_EXPAND_SZ', '%SystemRoot%\\System32\\EventCreate.exe'),
    reg('TypesSupported', 'REG_DWORD', '7'),
    { program: sc, args: ['start', SERVICE_NAME] },
  ];
}

/** What ends the service and takes it off this machine; the state folder stays. */
export function uninstallSteps(platform: NodeJS.Platform, { systemRoot }: Pick<Place, 'systemRoot'>): Step[] {
  if (platform !== 'win32')
    return [
      { program: 'systemctl', args: ['disable', '--now', UNIT_NAME] },
      { remove: UNIT_FILE },
      { program: 'systemctl', args: ['daemon-reload'] },
    ];
  const sc = system(systemRoot, 'sc.exe');
  return [
    { program: sc, args: ['stop', SERVICE_NAME], mayEndWith: [NOT_STARTED, NOT_THERE] },
    { program: sc, args: ['delete', SERVICE_NAME], mayEndWith: [NOT_THERE] },
    { program: system(systemRoot, 'reg.exe'), args: ['delete', EVENT_SOURCE, '/f'], mayEndWith: [1] },
  ];
}

/** What says how the service is. */
export const statusStep = (platform: NodeJS.Platform, systemRoot: string) =>
  platform === 'win32'
    ? { program: system(systemRoot, 'sc.exe'), args: ['query', SERVICE_NAME] }
    : { program: 'systemctl', args: ['show', '--property=LoadState,ActiveState', UNIT_NAME] };

export type ServiceState = 'running' | 'stopped' | 'not-installed';

/** Reads that answer; sc.exe's words are translated, its numbers are not. */
export function readStatus(platform: NodeJS.Platform, code: number | null, output: string): ServiceState {
  if (platform !== 'win32') {
    if (/^LoadState=not-found$/m.test(output)) return 'not-installed';
    return /^ActiveState=(?:active|activating|reloading)$/m.test(output) ? 'running' : 'stopped';
  }
  if (code === NOT_THERE || code === null) return 'not-installed';
  // TYPE, STATE, … each with a number; the third line is the state in every language (SERVICE_RUNNING is 4).
  const numbers = output
    .split('\n')
    .map((line) => Number.parseInt(line.slice(line.indexOf(':') + 1), 10))
    .filter((number) => !Number.isNaN(number));
  return numbers[1] === 4 ? 'running' : 'stopped';
}

/** The service host, which the packages put beside the program. */
export const hostBeside = (exe: string): string =>
  path.win32.join(path.win32.dirname(exe), 'mailpath-service.exe');

/** By its full path: a bare name would be looked for in the current folder first. */
const system = (systemRoot: string, name: string): string => path.win32.join(systemRoot, 'System32', name);
