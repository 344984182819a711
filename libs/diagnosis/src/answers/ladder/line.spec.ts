import { expect, it } from 'vitest';
import { withoutTraces } from './line.ts';
import { smtpFamily } from './smtp-families.ts';

it.each([
  ['535 No [AM0.example] more', '535 No  more'],
  ['a] b [c] d', 'a] b  d'],
  ['a [b [c] d] e', 'a  e'],
  ['a [never closed', 'a '],
])('what stands in brackets is no word of the answer: %s', (line, left) => {
  expect(withoutTraces(line)).toBe(left);
});

it.each([
  ['455 Später', 'back-off'],
  ['500 Befehl unbekannt', 'no'],
  ['501 引数が正しくありません', 'no'],
])('the class of a reply without an enhanced code is that of its first digit: %s', (line, retry) => {
  expect(smtpFamily(line, 'send')).toMatchObject({ rung: 'family', retry });
});
