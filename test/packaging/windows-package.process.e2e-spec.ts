import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sign } from '../../tools/agent-build/signing.ts';
import { TABLE_FIXES, withNodeBeside } from '../../tools/agent-build/msi.ts';
import { WINDOWS_FOLDERS, windowsWords } from '../../apps/agent/src/testing/windows-words.ts';
import { rowsOf } from './msi-tables.ts';
import { formatted, propertiesAfter } from './msi-words.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const WINDOWS = path.join(ROOT, 'packaging/windows');
const has = (tool: string): boolean => spawnSync('which', [tool]).status === 0;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailpath-msi-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The package with files of a few bytes: its tables are those of the real one. */
function packed(source: string): string {
  for (const name of ['mailpath-agent.exe', 'mailpath-service.exe', 'node.exe', 'mailpath-agent.cjs'])
    writeFileSync(path.join(folder, name), 'MZ');
  writeFileSync(path.join(folder, 'agent.wxs'), source);
  execFileSync('wixl', ['-a', 'x64', '-D', 'Version=1.2.3', '-o', 'agent.msi', 'agent.wxs'], { cwd: folder });
  execFileSync('msibuild', ['agent.msi', ...TABLE_FIXES.flatMap((fix) => ['-q', fix])], { cwd: folder });
  return path.join(folder, 'agent.msi');
}
const table = (msi: string, name: string): string[][] =>
  rowsOf(execFileSync('msiinfo', ['export', msi, name], { encoding: 'utf8' }));
const source = (): string => readFileSync(path.join(WINDOWS, 'agent.wxs'), 'utf8');

describe.skipIf(!has('wixl') || !has('msibuild'))('the installer for Windows', () => {
  it('enrols after the service exists and before it starts, with the code kept out of the log', () => {
    const msi = packed(source());
    const at = Object.fromEntries(
      table(msi, 'InstallExecuteSequence').map(([action, , order]) => [action, Number(order)]),
    );
    expect(at['Enrol']).toBeGreaterThan(at['InstallServices'] ?? NaN);
    expect(at['Enrol']).toBeLessThan(at['StartServices'] ?? NaN);
    expect(at['Recovery']).toBeLessThan(at['InstallFinalize'] ?? NaN);
    expect(at['RemoveExistingProducts']).toBeGreaterThan(at['InstallInitialize'] ?? NaN);
    expect(at['RemoveExistingProducts']).toBeLessThan(at['InstallFiles'] ?? NaN);
    // The folder of the last installation is looked up first, and the default counts where there was none.
    expect(at['DefaultState']).toBeGreaterThan(at['AppSearch'] ?? NaN);
    const enrol = table(msi, 'CustomAction').find(([action]) => action === 'Enrol');
    const type = Number(enrol?.[1]);
    expect({ deferred: type & 1024, asSystem: type & 2048, hidden: type & 8192 }).toEqual({
      deferred: 1024,
      asSystem: 2048,
      hidden: 8192,
    });
    expect(enrol?.[3]).toBe(
      'enrol "[API] " "[CODE] " --state "[STATEWORD]"[ROLEARGS][PROXYARGS][UPGRADEARGS]',
    );
    const properties = Object.fromEntries(table(msi, 'Property'));
    expect(properties['MsiHiddenProperties']?.split(';')).toContain('CODE');
    expect(properties['SecureCustomProperties']?.split(';')).toEqual(
      expect.arrayContaining(['ACCOUNT', 'API', 'CODE', 'ROLES', 'PROXY', 'STATE']),
    );
    expect(properties['ProductVersion']).toBe('1.2.3');
  });

  it('runs the service as an account of its own, without a password, or as the one that is given', () => {
    const msi = packed(source());
    const [service] = table(msi, 'ServiceInstall');
    expect(service?.[1]).toBe('mailpath-agent');
    const [actions, sequence] = [table(msi, 'CustomAction'), table(msi, 'InstallExecuteSequence')];
    const account = (given: Record<string, string>): string =>
      formatted(service?.[8] ?? '', propertiesAfter(actions, sequence, given));
    expect(account({})).toBe('NT SERVICE\\mailpath-agent');
    const local = 'NT AUTHORITY\\LocalService';
    expect(account({ ACCOUNT: local })).toBe(local);
    // An upgrade looks up what was given, as it does for the folder.
    const remembered = table(msi, 'Registry').map((row) => [row[3], row[4]]);
    expect(remembered).toEqual(
      expect.arrayContaining([
        ['State', '[STATE]'],
        ['Account', '[ACCOUNT]'],
      ]),
    );
    const searched = table(msi, 'AppSearch').map(([property]) => property);
    expect(searched).toEqual(expect.arrayContaining(['STATE', 'ACCOUNT']));
    // The access list of the folder names the service, whatever its account.
    const order = Object.fromEntries(sequence.map(([action, , at]) => [action, Number(at)]));
    expect(order['ServiceSid']).toBeGreaterThan(order['InstallServices'] ?? NaN);
    expect(order['ServiceSid']).toBeLessThan(order['StartServices'] ?? NaN);
    expect(service?.[10]).toBe('--state "[STATEWORD]"');
  });

  it('gives agent and service every word whole, however it ends', () => {
    const msi = packed(source());
    const [actions, sequence] = [table(msi, 'CustomAction'), table(msi, 'InstallExecuteSequence')];
    const target = actions.find(([action]) => action === 'Enrol')?.[3] ?? '';
    const argumentsOfService = table(msi, 'ServiceInstall')[0]?.[10] ?? '';
    const ends = ['', '\\', '\\\\', ' \\'];
    for (const STATE of [...WINDOWS_FOLDERS, ''])
      for (const end of ends) {
        const given = {
          API: `https://mailpath.example.com${end}`,
          CODE: `ABCDE-ABCDE${end}`,
          ROLES: `services, application${end}`,
          PROXY: `http://ドメイン:8080${end}`,
          UPGRADEKEY: `key${end}`,
        };
        const properties = propertiesAfter(actions, sequence, {
          ...given,
          ...(STATE === '' ? {} : { STATE }),
          CommonAppDataFolder: 'C:\\ProgramData\\',
        });
        const folder = path.win32.resolve(STATE === '' ? 'C:\\ProgramData\\mailpath-agent' : STATE);
        const words = windowsWords(formatted(target, properties)).map((word) => word.replace(/ $/, ''));
        const at = words.indexOf('--state') + 1;
        words[at] = path.win32.resolve(words[at] ?? '');
        // prettier-ignore
        expect(words).toEqual(['enrol', given.API, given.CODE, '--state', folder, '--role', given.ROLES, '--proxy', given.PROXY,
          '--upgrade-key', given.UPGRADEKEY]);
        const [option, state = '', ...more] = windowsWords(formatted(argumentsOfService, properties));
        expect([option, path.win32.resolve(state), more]).toEqual(['--state', folder, []]);
      }
  });

  it('brings in its second form Node’s own executable and the bundle, and enrols with them', () => {
    const msi = packed(withNodeBeside(source()));
    const names = table(msi, 'File').map((row) => row[2]?.split('|').at(-1));
    expect(names).toEqual(expect.arrayContaining(['node.exe', 'mailpath-agent.cjs', 'mailpath-service.exe']));
    expect(names).not.toContain('mailpath-agent.exe');
    const enrol = table(msi, 'CustomAction').find(([action]) => action === 'Enrol');
    expect(enrol?.[3]).toMatch(/^"\[INSTALLDIR\]mailpath-agent\.cjs" enrol /);
  });

  it('is signed by the certificate that is given', () => {
    const [certificate, key] = [path.join(folder, 'c.pem'), path.join(folder, 'k.pem')];
    execFileSync(
      'openssl',
      // prettier-ignore
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=Mailpath test', '-keyout', key, '-out', certificate,
        '-addext', 'extendedKeyUsage=codeSigning'],
      { stdio: 'pipe' },
    );
    const msi = sign(packed(source()), { certificate, key });
    const verified = spawnSync('osslsigncode', ['verify', '-CAfile', certificate, msi], { encoding: 'utf8' });
    expect(verified.stdout).toContain('/CN=Mailpath test');
    expect(verified.stdout).toMatch(/Signature verification: ok/);
  });
});

describe.skipIf(!has('x86_64-w64-mingw32-gcc'))('the service host', () => {
  it('is built without a warning, and twice to the same bytes', () => {
    const built = ['a.exe', 'b.exe'].map((name) => {
      const file = path.join(folder, name);
      // prettier-ignore
      execFileSync('x86_64-w64-mingw32-gcc', ['-O2', '-s', '-municode', '-Wall', '-Wextra', '-Wno-missing-field-initializers', '-Werror',
        '-Wl,--no-insert-timestamp', '-o', file, path.join(WINDOWS, 'mailpath-service.c')]);
      return readFileSync(file);
    });
    expect(built[0]?.equals(built[1] ?? Buffer.alloc(0))).toBe(true);
  });
});
