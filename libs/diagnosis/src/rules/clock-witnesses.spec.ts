import { describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import type { ServerResults } from '../look.ts';
import { app, svc } from '../testing/fixtures.ts';
import { sections, SITE } from '../testing/healthy.ts';

/** A server that is told a time by some other ends, each its own; by nobody else. */
const told = (server: ServerResults, aheadMs: Readonly<Record<string, number>>): ServerResults => ({
  ...server,
  results: server.results.map((result): CheckResult => {
    const { clock: _, ...rest } = result.evidence;
    const ahead = aheadMs[result.target.host];
    return {
      ...result,
      evidence: sections(rest, ahead === undefined ? {} : { clock: { source: 'http-date', aheadMs: ahead } }),
    };
  }),
});
const SMTP = 'smtp.office365.com';
const LOGIN = 'login.microsoftonline.com';
const found = (...servers: ServerResults[]) =>
  diagnoseSite({ site: SITE, servers }).map(({ rule, confidence, scope }) => [
    rule,
    confidence,
    scope.servers.join(),
  ]);

describe('a clock', () => {
  it.each([400_000, -400_000, 90_000])('is not wrong by the word of one other end alone (%i ms)', (off) => {
    expect(found(told(svc(), { [SMTP]: off }))).toEqual([]);
  });

  it('is likely wrong by the word of two', () => {
    expect(found(told(svc(), { [SMTP]: 400_000, [LOGIN]: 401_000 }))).toEqual([
      ['clock.wrong', 'likely', 'svc01'],
    ]);
  });

  it('is that of the other end where it tells a sibling the same and all others tell that sibling another time', () => {
    expect(found(told(svc(), { [SMTP]: 400_000 }), told(app(), { [SMTP]: 401_000, [LOGIN]: 100 }))).toEqual(
      [],
    );
  });

  it('is its own where the same other end tells a sibling the right time', () => {
    expect(found(told(svc(), { [SMTP]: 400_000 }), told(app(), { [SMTP]: 90, [LOGIN]: 100 }))).toEqual([
      ['clock.wrong', 'possible', 'svc01'],
    ]);
  });
});
