import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TABLE_FIXES } from '../../tools/agent-build/msi.ts';
import { powershellFaults } from '../support/powershell.ts';

const SCRIPT = readFileSync(path.join(import.meta.dirname, '../../packaging/windows/install.ps1'), 'utf8');

describe('install.ps1', () => {
  it('is PowerShell', async () => {
    expect(await powershellFaults(SCRIPT)).toEqual([]);
  });

  it.each([
    ['a brace', 'if ($failed) { throw', 'if ($failed) throw'],
    ['a quote', "$name = 'mailpath-agent.msi'", "$name = 'mailpath-agent.msi"],
    ['a parenthesis', '(Get-FileHash', 'Get-FileHash'],
  ])('is none without %s', async (_, from, to) => {
    expect(SCRIPT).toContain(from);
    expect(await powershellFaults(SCRIPT.replace(from, to))).not.toEqual([]);
  });

  it('is ASCII, which every code page reads alike', () => {
    expect(SCRIPT).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('gives the installer no property that an elevated one would drop', () => {
    const secure = TABLE_FIXES.find((fix) => fix.includes('SecureCustomProperties')) ?? '';
    const given = [...SCRIPT.matchAll(/ ([A-Z]+)="\{\d\}"/g)].map(([, name]) => name);
    expect(given).toEqual(['API', 'CODE', 'ROLES', 'PROXY', 'STATE', 'ACCOUNT', 'UPGRADEKEY']);
    for (const name of given) expect(secure).toContain(`${name}`);
  });
});
