import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { control, rpmSpec } from '../../tools/agent-build/linux-packages.ts';

const LINUX = path.join(import.meta.dirname, '../../packaging/linux');
const hasSystemd = spawnSync('which', ['systemd-analyze']).status === 0;

describe.skipIf(!hasSystemd)('the units', () => {
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
