import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { installSteps, readStatus, uninstallSteps } from './service-steps.ts';
import { systemdUnit } from './systemd-unit.ts';
import { WINDOWS_FOLDERS, windowsWords } from '../testing/windows-words.ts';

const PACKAGED = path.join(import.meta.dirname, '../../../../packaging/linux/mailpath-agent.service');

describe('the unit of an agent that was put there by hand', () => {
  it('is hardened as the one of the packages is', () => {
    const of = (text: string): string[] =>
      text
        .split('\n')
        .filter((line) => !/^(?:ExecStart|StateDirectory|StateDirectoryMode|ReadWritePaths)=/.test(line));
    const made = systemdUnit({
      command: ['/opt/mailpath-agent'],
      stateDir: '/var/lib/mailpath-agent',
      user: 'mailpath-agent',
    });
    expect(of(made)).toEqual(of(readFileSync(PACKAGED, 'utf8')));
  });

  it('leaves nothing of a path to systemd', () => {
    const made = systemdUnit({ command: ['/opt/a b/100%/$x"y\\z'], stateDir: '/srv/状態 1', user: 'u' });
    expect(made).toContain(String.raw`ExecStart="/opt/a b/100%%/$$x\"y\\z" "run" "--state" "/srv/状態 1"`);
    expect(made).toContain('ConditionPathExists=/srv/状態 1/agent.json\n');
    expect(made).toContain('ReadWritePaths="/srv/状態 1"\n');
  });
});

describe('the service on Windows', () => {
  const place = {
    command: ['C:\\Program Files\\Mailpath エージェント\\mailpath-agent.exe'],
    stateDir: 'D:\\Mailpath 状態',
    systemRoot: 'C:\\Windows',
  };

  it('runs the host by a quoted path, under an account of its own, and is restarted', () => {
    const [create, failure, , , start] = installSteps('win32', place);
    expect(create).toMatchObject({
      program: 'C:\\Windows\\System32\\sc.exe',
      args: expect.arrayContaining([
        '"C:\\Program Files\\Mailpath エージェント\\mailpath-service.exe" --state "D:\\Mailpath 状態"',
        'NT SERVICE\\mailpath-agent',
      ]),
    });
    expect(failure).toMatchObject({
      args: expect.arrayContaining(['restart/5000/restart/5000/restart/60000']),
    });
    expect(start).toMatchObject({ args: ['start', 'mailpath-agent'] });
  });

  it('takes another account, whose token then holds the service’s own SID before it starts', () => {
    const account = 'NT AUTHORITY\\LocalService';
    const args = installSteps('win32', { ...place, account }).map((step) =>
      'args' in step ? step.args : [],
    );
    expect(args[0]).toContain(account);
    expect(args[0]).not.toContain('NT SERVICE\\mailpath-agent');
    const at = args.findIndex((words) => words.join(' ') === 'sidtype mailpath-agent unrestricted');
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(args.findIndex((words) => words[0] === 'start'));
  });

  it.each(WINDOWS_FOLDERS)('gives its host the state folder %s', (stateDir) => {
    const [create] = installSteps('win32', { ...place, stateDir });
    const args = create && 'args' in create ? create.args : [];
    const line = args[args.indexOf('binPath=') + 1] ?? '';
    const host = 'C:\\Program Files\\Mailpath エージェント\\mailpath-service.exe';
    expect(windowsWords(line)).toEqual([host, '--state', stateDir]);
    // The path alone is in the first quotes: what stands behind it goes to the agent as it is.
    expect(line.startsWith(`"${host}" --state `)).toBe(true);
  });

  it('is taken off where it was never started as well, and twice', () => {
    const [stop, remove] = uninstallSteps('win32', place);
    expect([stop, remove]).toMatchObject([{ mayEndWith: [1062, 1060] }, { mayEndWith: [1060] }]);
  });

  it.each([
    ['English', 'TYPE               : 10  WIN32_OWN_PROCESS', 'STATE              : 4  RUNNING', 'running'],
    ['Japanese', '種類               : 10  WIN32_OWN_PROCESS', '状態               : 4  RUNNING', 'running'],
    ['German', 'TYP                : 10  WIN32_OWN_PROCESS', 'STATUS             : 1  STOPPED', 'stopped'],
  ])('is read from what sc.exe says in %s', (_, type, state, expected) => {
    const said = `\r\nSERVICE_NAME: mailpath-agent \r\n        ${type}  \r\n        ${state} \r\n        WIN32_EXIT_CODE : 0  (0x0)\r\n`;
    expect(readStatus('win32', 0, said)).toBe(expected);
    expect(readStatus('win32', 1060, '')).toBe('not-installed');
  });
});

it.each([
  ['LoadState=loaded\nActiveState=active\n', 'running'],
  ['LoadState=loaded\nActiveState=failed\n', 'stopped'],
  ['LoadState=not-found\nActiveState=inactive\n', 'not-installed'],
])('reads %j of systemctl', (output, expected) => {
  expect(readStatus('linux', 0, output)).toBe(expected);
});
