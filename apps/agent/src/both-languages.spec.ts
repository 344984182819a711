import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { refusalOf } from './program.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const COMMANDS = ['check', 'compare', 'enrol', 'run', 'service', 'status'];
const API = 'https://mailpath.example.com';

const folder = tempDir();
const file = (name: string, text: string): string => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
mkdirSync(path.join(folder, 'sub'));
const text = file('text.json', 'no JSON');
const other = file('other.json', '{}');

/** What an administrator may get wrong: one of each kind. */
const WRONG: readonly (readonly string[])[] = [
  ['chek'],
  [],
  ['check', '--ony', 'imap'],
  ['check', '--only'],
  ['check', '--only', 'foo'],
  ['check', '--deadline', '0'],
  ['check', '--target', 'imap'],
  ['check', '--only', 'imap', '--output', path.join(folder, 'none', 'a.json')],
  ['check', '--only', 'imap', '--output', path.join(folder, 'sub')],
  ['check', '--only', 'imap', '--output', other, '--report', path.join(folder, '.', 'other.json')],
  ['check', '--json=yes'],
  ['check', '--lang', 'en', '--lang', 'ja'],
  ['enrol', API, 'CODE', '--role', 'services', '--role', 'application'],
  ['compare', text, other, '--output', path.join(folder, 'sub', '..', 'other.json')],
  ['compare'],
  ['compare', path.join(folder, 'none.json'), other],
  ['compare', path.join(folder, 'sub'), other],
  ['compare', text, other],
  ['enrol'],
  ['enrol', API, 'CODE', 'more'],
  ['enrol', API, 'CODE', '--allow', 'host'],
  ['enrol', 'http://mailpath.example.com', 'CODE'],
  ['status', '--state', path.join(folder, 'none')],
  ['run', '--state', path.join(folder, 'none')],
  ['service', 'begin'],
  ['service'],
  ['enrol', API, 'CODE', '--upgrade-key', 'short'],
];
const HELP = [['--help'], ...COMMANDS.map((name) => [name, '--help'])];

afterEach(() => vi.restoreAllMocks());
afterAll(() => removeTempDirs());

/** What help prints: commander writes it to stdout. */
async function helpOf(args: readonly string[], language: 'en' | 'ja'): Promise<string> {
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  expect(await refusalOf(args, language)).toBeNull();
  return printed;
}

describe('what the program says, in the language that was asked for', () => {
  it.each(WRONG)('is one line for a wrong command line: %s %s %s', async (...args) => {
    const [en, ja] = [await refusalOf(args, 'en'), await refusalOf(args, 'ja')];
    for (const line of [en, ja]) expect(line).toMatch(/^[^\n]+$/);
    expect(en).not.toMatch(JAPANESE);
    expect(ja).toMatch(JAPANESE);
    // An English clause in a Japanese line: four words of it in a row.
    const own = args.reduce((line, word) => line.replaceAll(word, ''), ja ?? '');
    expect(own).not.toMatch(/(?:\b[a-z]{2,} ){4}/);
  });

  it.each(HELP)('is help with examples: %s %s', async (...args) => {
    const [en, ja] = [await helpOf(args, 'en'), await helpOf(args, 'ja')];
    expect(en).not.toMatch(JAPANESE);
    expect(ja).not.toMatch(/Usage:|Options:|\[options\]|Examples:|default:/);
    const options = ja.split('\n').filter((line) => /^ {2}-/.test(line) && line.length > 45);
    expect(options.filter((line) => !line.includes('--cloud') && !JAPANESE.test(line))).toEqual([]);
    const examples = args[0] === '--help' ? 0 : 1;
    expect([en, ja].map((text) => text.split(/^(?:Examples|例):$/m).length - 1)).toEqual([
      examples,
      examples,
    ]);
  });
});
