import { expect, it } from 'vitest';
import { spanOf } from './serve-downloads.ts';

it.each([
  [undefined, null],
  ['bytes=0-', { start: 0, end: 9 }],
  ['bytes=4-6', { start: 4, end: 6 }],
  ['bytes=4-400', { start: 4, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=10-', 'beyond'],
  ['bytes=-0', 'beyond'],
  // What cannot be read is answered with the whole.
  ['bytes=6-4', null],
  ['bytes=1-2,4-5', null],
  ['bytes=-', null],
  ['lines=1-2', null],
])('reads the range %s of ten bytes', (header, span) => {
  expect(spanOf(header, 10)).toEqual(span);
});
