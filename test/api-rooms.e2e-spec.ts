import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..');
const SOURCES = path.join(ROOT, 'apps/api/src');
const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function graph(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(ROOT, 'tools/api-rooms.mjs'), ...args],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

/** The API's sources with files that were not there before, judged. */
function withPlanted(planted: Record<string, string>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailpath-rooms-'));
  made.push(folder);
  cpSync(SOURCES, folder, { recursive: true });
  for (const [name, imported] of Object.entries(planted)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(
      path.join(folder, name),
      `import type { It } from '${imported}';\nexport type Planted = It;\n`,
    );
  }
  return graph('--check', folder);
}

describe('the rooms of the API', () => {
  it('import downwards only, in no circle, and take no entity of another', () => {
    expect(graph('--check')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('are printed with their arrows', () => {
    const { status, stdout } = graph();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^platform\n/);
    expect(stdout).toMatch(/\n {2}sites -> platform, platform\/\w+/);
    expect(stdout).toMatch(/\nno circle/);
  });

  it('turn red over every file that imports upwards', () => {
    const upwards = [
      ['platform/planted.ts', '../estate/sites/site.ts', 'estate/sites/site.ts'],
      ['trust/holds/planted.ts', '../../work/runs/run.ts', 'work/runs/run.ts'],
      ['estate/sites/planted.ts', '../../app/app.module.ts', 'app/app.module.ts'],
      ['fleet/agents/planted.ts', '../../main.ts', 'main.ts'],
    ] as const;
    const { status, stderr } = withPlanted(Object.fromEntries(upwards.map(([file, from]) => [file, from])));
    expect(status).toBe(1);
    const lines = upwards.map(([file, , imported]) => `${file}: imports upwards, ${imported}`);
    expect(stderr.trim().split('\n').toSorted()).toEqual(lines.toSorted());
  });

  it('turn red over an entity of another group, of its own group, and at the top', () => {
    const taken = {
      'fleet/agents/planted.ts': '../../estate/sites/site.entity.ts',
      'estate/mailboxes/planted.ts': '../sites/site.entity.ts',
      'app/upkeep/planted.ts': '../../estate/sites/site.entity.ts',
    };
    const { status, stderr } = withPlanted(taken);
    expect({ status, stderr }).toMatchObject({ status: 1 });
    for (const file of Object.keys(taken))
      expect(stderr).toContain(`${file}: takes the entity of another feature`);
  });

  it('turn red over a circle of two features, and of three', () => {
    expect(withPlanted({ 'estate/sites/planted.ts': '../servers/server.ts' })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^a circle: .*estate\/servers/),
    });
    const three = {
      'trust/lending/one.ts': '../access/api-key.ts',
      'trust/access/two.ts': '../credentials/credential.ts',
      'trust/credentials/three.ts': '../lending/lendee.ts',
    };
    expect(withPlanted(three)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^a circle: (?:trust\/\w+(?: > |\n)){4}/),
    });
  });

  it('turn red over a group that is in no order, and over a folder without sources', () => {
    const { status, stderr } = withPlanted({ 'shared/text/planted.ts': '../../estate/sites/site.ts' });
    expect({ status, stderr }).toMatchObject({ status: 1 });
    expect(stderr).toContain('shared/text is in no group');
    const empty = mkdtempSync(path.join(tmpdir(), 'mailpath-rooms-'));
    made.push(empty);
    expect(graph('--check', empty)).toMatchObject({ status: 1, stderr: `no sources in ${empty}\n` });
  });

  it('stand in CONTRIBUTING.md as they are', () => {
    expect(readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8')).toContain(graph('--markdown').stdout);
  });
});
