import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../platform/config.ts';
import { KEY_FILE, secretKey } from './secret-key.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mailpath-key-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const keyIn = (folder: string, env: NodeJS.ProcessEnv = {}) =>
  secretKey(loadConfig({ MAILPATH_HOME: folder, ...env }));

describe('the key of the box', () => {
  it('is made at the first start, for this user alone, and found again at the next', () => {
    const folder = join(home, 'new');
    const key = keyIn(folder);
    expect(key).toHaveLength(32);
    expect(statSync(join(folder, KEY_FILE)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual([KEY_FILE]);
    expect(keyIn(folder).equals(key)).toBe(true);
  });

  it('is that of MAILPATH_SECRET_KEY where it is set, and then no file is made', () => {
    const given = Buffer.alloc(32, 7);
    for (const text of [given.toString('base64'), given.toString('base64url')])
      expect(keyIn(home, { MAILPATH_SECRET_KEY: text }).equals(given)).toBe(true);
    expect(readdirSync(home)).toEqual([]);
  });

  it.each([0o640, 0o604, 0o666])('is refused in a file of mode %o, with the remedy', (mode) => {
    keyIn(home);
    chmodSync(join(home, KEY_FILE), mode);
    expect(() => keyIn(home)).toThrow(/may be read by others .*chmod 600/);
  });

  it.each(['', 'short', 'x'.repeat(80)])('is refused when the file holds %j, and never replaced', (text) => {
    writeFileSync(join(home, KEY_FILE), text, { mode: 0o600 });
    expect(() => keyIn(home)).toThrow(/does not hold a key of 32 bytes.*Put back/);
  });

  it('is a clear refusal when the folder cannot hold it', () => {
    writeFileSync(join(home, 'file'), '');
    expect(() => keyIn(join(home, 'file'))).toThrow(/secret-key cannot be .*MAILPATH_SECRET_KEY/);
  });
});
