import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { SECRET_SETTINGS } from './settings-from-files.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'mailpath-settings-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kept = (text: string): string => {
  const file = path.join(folder, 'secret');
  writeFileSync(file, text);
  return file;
};
const DATABASE_URL = 'postgresql://mailpath@db.example.com:5432/mailpath';

describe('settings from files', () => {
  it.each(['', '\n', '\r\n'])('are what stands in the file, without a line break at its end: %j', (end) => {
    const key = `mpk_${'k'.repeat(43)}`;
    const config = loadConfig({ MAILPATH_INITIAL_API_KEY_FILE: kept(`${key}${end}`) });
    expect(config.MAILPATH_INITIAL_API_KEY).toBe(key);
  });

  it.each(SECRET_SETTINGS)(
    'are refused for %s where the file is not there, or the setting is given twice',
    (name) => {
      const missing = path.join(folder, 'nothing');
      expect(() => loadConfig({ DATABASE_URL, [`${name}_FILE`]: missing, [name]: '' })).toThrow(
        `${name}_FILE: this file cannot be read (ENOENT)`,
      );
      expect(() => loadConfig({ [`${name}_FILE`]: kept('hunter2'), [name]: 'hunter3' })).toThrow(
        `${name}_FILE: ${name} is set as well`,
      );
    },
  );

  it('are held to the same form, and never repeated', () => {
    const wrong = () => loadConfig({ MAILPATH_SECRET_KEY_FILE: kept('hunter2') });
    expect(wrong).toThrow(/MAILPATH_SECRET_KEY: write 32 random bytes/);
    expect(wrong).not.toThrow(/hunter2/);
  });
});

describe('a password of Postgres apart from its address', () => {
  it.each(['secret', 'p@ss:w/rd?#[]', '100 %', '%41', 'パスワード', "it's"])(
    'may be any text: %s',
    (password) => {
      const { DATABASE_URL: url = '' } = loadConfig({
        DATABASE_URL,
        DATABASE_PASSWORD_FILE: kept(`${password}\n`),
      });
      expect(decodeURIComponent(new URL(url).password)).toBe(password);
      expect(new URL(url).host).toBe('db.example.com:5432');
    },
  );

  it('is refused without an address, and where the address has one', () => {
    expect(() => loadConfig({ DATABASE_PASSWORD: 'secret' })).toThrow(
      /DATABASE_PASSWORD: write DATABASE_URL as well/,
    );
    const both = {
      DATABASE_URL: 'postgresql://mailpath:other@db.example.com/x',
      DATABASE_PASSWORD: 'secret',
    };
    expect(() => loadConfig(both)).toThrow(/DATABASE_PASSWORD: DATABASE_URL has a password already/);
  });
});
