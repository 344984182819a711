import type { Logger } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { reportFault } from './report-fault.ts';

type Said = [level: string, ...what: unknown[]];

/** What is said of a failure. */
function said(error: unknown): Said[] {
  const lines: Said[] = [];
  const logger = {
    warn: (...what: unknown[]) => void lines.push(['warn', ...what]),
    error: (...what: unknown[]) => void lines.push(['error', ...what]),
  };
  reportFault(logger as unknown as Logger, { event: 'not-done', siteId: 'osaka' }, error);
  return lines;
}
const coded = (message: string, code: string): Error => Object.assign(new Error(message), { code });

describe('what is said of a failure', () => {
  it.each([
    coded('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
    coded('terminating connection due to administrator command', '57P01'),
    new Error('Connection terminated unexpectedly'),
    new Error('not stored', { cause: coded('could not extend file', '53100') }),
  ])('is one line without a stack where the database is away: %s', (error) => {
    expect(said(error)).toEqual([['warn', { event: 'not-done', siteId: 'osaka', reason: error.message }]]);
  });

  it('has the stack of a fault of ours, and none of what is no error', () => {
    const fault = new TypeError('x is not a function');
    const line = { event: 'not-done', siteId: 'osaka' };
    expect(said(fault)).toEqual([['error', { ...line, reason: fault.message }, fault.stack]]);
    expect(said('gone')).toEqual([['error', { ...line, reason: 'gone' }, undefined]]);
  });
});
