import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDeb, buildRpm, control, rpmSpec } from '../../tools/agent-build/linux-packages.ts';

const LINUX = path.join(import.meta.dirname, '../../packaging/linux');
const has = (tool: string): boolean => spawnSync('which', [tool]).status === 0;

describe.skipIf(!has('systemd-analyze'))('the units', () => {
  it.each(['mailpath-agent.service', 'mailpath-api.service'])(
    'leave systemd little to object to: %s',
    (unit) => {
      const words = ['security', '--offline=true', '--no-pager', path.join(LINUX, unit)];
      const said = execFileSync('systemd-analyze', words, {
        encoding: 'utf8',
      });
      const [, exposure] = /Overall exposure level for \S+: ([\d.]+)/.exec(said) ?? [];
      expect(Number(exposure)).toBeLessThanOrEqual(1.5);
    },
  );
});

it('says what the packages need and which version they are', () => {
  expect(control(1)).toMatch(/^Version: \d+\.\d+\.\d+$/m);
  expect(control(1)).toMatch(/^Depends: libc6 \(>= 2\.28\), libstdc\+\+6, adduser$/m);
  // A strip after the injection would destroy the program.
  expect(rpmSpec('/root')).toContain('%global __os_install_post %{nil}');
});

/** A listing as `ls -l` has it: mode, owner, group, path and where a link leads, without folders; by path. */
const listed = (lines: string[][]): string[] =>
  lines.map((words) => words.join(' ')).toSorted((a, b) => (a < b ? -1 : 1));

describe.skipIf(!['rpmbuild', 'rpm2cpio', 'cpio', 'dpkg-deb'].every(has))(
  'the packages as they are built',
  () => {
    let folder: string;
    let deb: string;
    let rpm: string;
    const run = (program: string, ...args: string[]): string =>
      execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } });
    const rpmSays = (format: string): string => run('rpm', '-qp', '--queryformat', format, rpm);

    beforeAll(() => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'mailpath-packages-'));
      const [program, notices] = [path.join(folder, 'program'), path.join(folder, 'notices.txt')];
      // A few bytes in place of the program: all else is that of the real packages.
      writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
      writeFileSync(notices, 'notices\n');
      const parts = { program, notices, version: '1.2.3' };
      const work = (name: string): string => path.join(folder, `work-${name}`);
      deb = buildDeb({ ...parts, work: work('deb'), file: path.join(folder, 'a.deb') });
      rpm = buildRpm({ ...parts, work: work('rpm'), file: path.join(folder, 'a.rpm') });
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('bring the same files, with the same modes and owners', () => {
      const ofDeb = run('dpkg-deb', '-c', deb)
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('d'))
        .map((line) => {
          const [mode = '', owner = '', , , , name = '', ...link] = line.split(/\s+/);
          return [mode, owner.replace('/', ' '), name.replace(/^\./, ''), ...link];
        });
      const ofRpm = run('rpm', '-qplv', rpm)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const [mode = '', , user = '', group = '', , , , , name = '', ...link] = line.split(/\s+/);
          return [mode, `${user} ${group}`, name, ...link];
        });
      expect(listed(ofRpm)).toEqual(listed(ofDeb));
      expect(listed(ofRpm)).toEqual([
        '-rw-r--r-- root root /usr/lib/systemd/system/mailpath-agent.service',
        '-rw-r--r-- root root /usr/share/doc/mailpath-agent/third-party-notices.txt',
        '-rwxr-xr-x root root /usr/lib/mailpath-agent/enrol-as-given',
        '-rwxr-xr-x root root /usr/lib/mailpath-agent/mailpath-agent',
        'lrwxrwxrwx root root /usr/bin/mailpath-agent -> ../lib/mailpath-agent/mailpath-agent',
      ]);
    });

    it('bring the hardened unit, byte for byte', () => {
      const unit = 'usr/lib/systemd/system/mailpath-agent.service';
      const at = path.join(folder, 'unpacked');
      execFileSync('sh', ['-c', 'mkdir "$1" && cd "$1" && rpm2cpio "$0" | cpio -id --quiet', rpm, at]);
      const own = readFileSync(path.join(LINUX, 'mailpath-agent.service'), 'utf8');
      expect(readFileSync(path.join(at, unit), 'utf8')).toBe(own);
      const ofDeb = execFileSync('sh', ['-c', 'dpkg-deb --fsys-tarfile "$0" | tar -xO "./$1"', deb, unit]);
      expect(ofDeb.toString()).toBe(own);
    });

    it('are named alike, and need the C library that Node was built for', () => {
      expect(rpmSays('%{NAME} %{VERSION} %{ARCH}')).toBe('mailpath-agent 1.2.3 x86_64');
      expect(run('dpkg-deb', '-f', deb, 'Package', 'Version', 'Architecture')).toBe(
        'Package: mailpath-agent\nVersion: 1.2.3\nArchitecture: amd64\n',
      );
      expect(rpmSays('[%{REQUIRENAME} %{REQUIREVERSION}\\n]')).toMatch(/^glibc 2\.28$/m);
    });

    it('ask the same of systemd: after the installation, before and after the removal', () => {
      const scripts = { postinst: 'POSTIN', prerm: 'PREUN', postrm: 'POSTUN' } as const;
      const asked = (script: string): string[] =>
        [...script.matchAll(/systemctl [a-z-]+[^;|\n]*/g)].map(String);
      for (const [name, tag] of Object.entries(scripts)) {
        const ofDeb = run('dpkg-deb', '-I', deb, name);
        const ofRpm = rpmSays(`%{${tag}}`);
        expect(asked(ofDeb).map((line) => line.trim())).toEqual(asked(ofRpm).map((line) => line.trim()));
        expect(asked(ofRpm).length).toBeGreaterThan(0);
        for (const script of [ofDeb, ofRpm]) {
          const file = path.join(folder, 'script');
          writeFileSync(file, script);
          execFileSync('sh', ['-n', file]);
        }
      }
      // Both make the user and the folder before they start anything.
      for (const script of [run('dpkg-deb', '-I', deb, 'postinst'), rpmSays('%{POSTIN}')]) {
        const folderMade = script.indexOf(
          'install -d -m 0700 -o mailpath-agent -g mailpath-agent /var/lib/mailpath-agent',
        );
        expect(folderMade).toBeGreaterThan(0);
        expect(script.indexOf('systemctl restart')).toBeGreaterThan(folderMade);
      }
    });
  },
);
