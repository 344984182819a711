import { expect, it } from 'vitest';
import { saidInWords } from './said-words.ts';

it.each(['550 5.7.1 too many concurrent connections', '452 4.3.2 the maximum of sessions is reached'])(
  'a limit of connections is one however a message is refused for it: %s',
  (line) => expect(saidInWords(line, 'send')).toMatchObject({ items: ['X7'], owner: 'ece-administrator' }),
);

it.each([
  ['550 5.7.1 this list is in maintenance', null],
  ['451 4.3.2 the system is in maintenance', 'microsoft'],
])('a state that goes by is the reason of what is refused for now alone: %s', (line, owner) => {
  expect(saidInWords(line, 'send')?.owner ?? null).toBe(owner);
});
