import { expect, it } from 'vitest';
import { quoted } from './quoted.ts';

it.each([
  ['C:\\ProgramData\\mailpath-agent', 'C:\\ProgramData\\mailpath-agent'],
  ['/var/lib/mailpath-agent', '/var/lib/mailpath-agent'],
  ['C:\\Program Files\\Mailpath', '"C:\\Program Files\\Mailpath"'],
  ['C:\\ProgramData\\状態', '"C:\\ProgramData\\状態"'],
  ['/srv/a(b)&c', '"/srv/a(b)&c"'],
  ['', '""'],
])('a word as it is typed into a shell: %s', (word, typed) => expect(quoted(word)).toBe(typed));
