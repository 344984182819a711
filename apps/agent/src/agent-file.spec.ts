import { readFileSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { agentFilePath, prepareIdentity, readAgentFile, type AgentFile } from './agent-file.ts';
import { makeAgentKey } from './agent-key.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

afterEach(removeTempDirs);

const FILE: AgentFile = {
  apiUrl: 'https://mailpath.example.com/',
  agentId: randomUUID(),
  siteId: randomUUID(),
  siteName: '東京本社',
  serverId: randomUUID(),
  serverName: 'app01',
  roles: ['application'],
  allow: [],
  resolve: {},
};

describe('agent.json', () => {
  it.each([
    ['UTF-8 with a mark, as Set-Content -Encoding UTF8 of Windows PowerShell 5.1', 'utf8'],
    ['UTF-16 with a mark, as Out-File of Windows PowerShell 5.1', 'utf16le'],
  ] as const)('is read however an editor saved it: %s', (_, encoding) => {
    const dir = path.join(tempDir(), 'Mailpath 状態');
    prepareIdentity(dir, makeAgentKey()).commit(FILE);
    const file = agentFilePath(dir);
    writeFileSync(file, Buffer.from(`\ufeff${readFileSync(file, 'utf8')}`, encoding));
    expect(readAgentFile(dir)).toEqual(FILE);
  });

  it('quotes a folder with spaces where it says what to type', () => {
    const dir = path.join(tempDir(), 'Mailpath 状態');
    expect(() => readAgentFile(dir)).toThrow(`enrol <url> <code> --state "${dir}"`);
  });
});
