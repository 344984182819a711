import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { createLog, idText } from './log.ts';
import { tellRefusedSignIn } from './refused-sign-in.ts';
import { keptLog } from './testing/log-lines.ts';
import { passed } from './testing/result-fixtures.ts';

const SECRET = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';

it.each([
  ['nothing', {}],
  ['ids', { runId: null, boot: randomUUID(), tasks: 3 }],
  ['a token', { reason: `refused: Bearer ${SECRET}` }],
  ['a form', { reason: 'grant_type=x&client_secret=Tr0ub4dor-and-more' }],
  ['a line of another', { reason: 'a\n{"level":"error","event":"forged"}\u001b[2J' }],
  ['half a character', { reason: '\ud800' }],
  ['a very long text', { reason: 'a'.repeat(5_000_000) }],
])('makes one line with time, level and event of %s, bounded and without a secret', (_, fields) => {
  const lines: string[] = [];
  const log = createLog((line) => void lines.push(line));
  log.info('round', fields);
  log.warn('round', fields);
  log.error('round', fields);
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    expect(line).toMatch(/^\{"time":"\d{4}-[^"]*Z","level":"(?:info|warn|error)","event":"round"[^\n]*\}\n$/);
    expect(line.length).toBeLessThan(10_000);
    expect(Object.keys(JSON.parse(line) as object)).toEqual([
      'time',
      'level',
      'event',
      ...Object.keys(fields),
    ]);
    expect(line).not.toMatch(/eyJ|Tr0ub4dor/);
  }
});

it.each([
  [undefined, null],
  ['', null],
  ['5b0e-11', '5b0e-11'],
  ['a\r\nb "c"', 'abc'],
  ['x'.repeat(200), 'x'.repeat(64)],
])('cleans an id that the API sent: %j', (header, id) => {
  expect(idText(header)).toBe(id);
});

describe('a refused sign-in', () => {
  const refused = (told: Record<string, string | number>): CheckResult => ({
    ...passed(),
    outcome: 'fail',
    failure: { phase: 'token', code: 'denied', message: 'AADSTS50076' },
    evidence: { token: told },
  });
  const token = { correlationId: 'c-1', traceId: 't-1', aadsts: 50076 };

  it('is told by the ids under which Microsoft finds it', () => {
    const { log, lines } = keptLog();
    tellRefusedSignIn(log, refused(token), 'run-1');
    expect(lines).toEqual([
      expect.objectContaining({ event: 'sign-in refused', runId: 'run-1', code: 'denied', ...token }),
    ]);
  });

  it.each([
    ['passes', { ...refused(token), failure: null }],
    ['has no ids', refused({ aadsts: 50076 })],
    ['asked nobody for a token', { ...refused(token), evidence: {} }],
  ])('is not told of a result that %s', (_, result) => {
    const { log, lines } = keptLog();
    tellRefusedSignIn(log, result, null);
    expect(lines).toEqual([]);
  });
});
