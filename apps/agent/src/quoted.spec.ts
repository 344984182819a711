import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { inWindowsQuotes, quoted } from './quoted.ts';
import { WINDOWS_FOLDERS, windowsWords } from './testing/windows-words.ts';

describe('a word as it is typed', () => {
  it.each([
    ['win32', 'C:\\ProgramData\\mailpath-agent', 'C:\\ProgramData\\mailpath-agent'],
    ['win32', 'C:\\Program Files\\Mailpath', '"C:\\Program Files\\Mailpath"'],
    ['win32', 'C:\\Program Files\\Mailpath\\', '"C:\\Program Files\\Mailpath\\\\"'],
    ['win32', 'C:\\ProgramData\\状態', '"C:\\ProgramData\\状態"'],
    ['win32', 'say "so"', '"say \\"so\\""'],
    ['win32', '', '""'],
    ['linux', '/var/lib/mailpath-agent', '/var/lib/mailpath-agent'],
    ['linux', '/srv/a(b)&c', '"/srv/a(b)&c"'],
    ['linux', '/srv/状態', '"/srv/状態"'],
    ['linux', '/srv/$a', "'/srv/$a'"],
    ['linux', '', '""'],
  ] as const)('on %s: %s', (platform, word, typed) => expect(quoted(word, platform)).toBe(typed));

  const family = [
    ...WINDOWS_FOLDERS,
    '',
    '\\',
    '"',
    '\\"',
    '\\\\"\\',
    'a"b c"',
    'ends with a mark"',
    '"C:\\Program Files\\x.exe" --state "D:\\a b\\\\"',
    "it's",
    '$HOME `id` !! *',
    'two\\\\ in the middle',
  ];

  it.each(family)('is the same word again to a program on Windows: %s', (word) => {
    const others = ['before', 'behind it'];
    for (const typed of [quoted(word, 'win32'), inWindowsQuotes(word)])
      expect(windowsWords(`${others[0]} ${typed} "${others[1]}"`)).toEqual([others[0], word, others[1]]);
  });

  it.each(family)('and to a program that a POSIX shell starts: %s', (word) => {
    const line = `printf '%s|' ${quoted(word, 'linux')} behind`;
    expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe(`${word}|behind|`);
  });
});
