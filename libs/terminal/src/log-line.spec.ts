import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { logLineText } from './log-line.ts';

const stream = new Writable();
const told = (fields: object): string =>
  logLineText(
    { time: '2026-11-28T10:00:00.123Z', level: 'warn', event: 'results-dropped', ...fields },
    stream,
  );

it('says when, how bad, what, and the fields by name', () => {
  expect(told({ agentId: 'a-1', dropped: 3, site: null })).toMatch(
    /^\d\d:\d\d:00\.123 warn {2}results-dropped agentId=a-1 dropped=3\n$/,
  );
});

it.each([
  ['blanks', 'no answer', 'reason="no answer"\n'],
  ['an equals sign', 'a=b', 'reason="a=b"\n'],
  ['a list', ['a b'], 'reason=["a b"]\n'],
  ['nothing', '', 'reason=\n'],
])('shows where a value ends: %s', (_, reason, end) => {
  expect(told({ reason })).toContain(` ${end}`);
});

it.each([
  ['a line end', 'a\nb'],
  ['an escape sequence', '\u001b[2Jgone'],
  ['a mark of direction', '\u202Egone'],
  ['a bell', '\u0007'],
])('gives a terminal nothing to obey: %s in any place', (_, bad) => {
  const line = told({ reason: bad, message: bad, event: bad, [bad]: bad, list: [bad], stack: 'at a\nat b' });
  expect(line.split('\n')).toHaveLength(4);
  // oxlint-disable-next-line no-control-regex -- what must not be there
  expect(line.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u202e]/);
});

it('puts a stack below', () => {
  expect(told({ stack: 'Error: x\n    at f (a.ts:1)' })).toMatch(
    /results-dropped\n {2}Error: x\n {6}at f \(a\.ts:1\)\n$/,
  );
});
