import { describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import type { ServerResults } from '../look.ts';
import { failing } from '../testing/faults.ts';
import { app, svc } from '../testing/fixtures.ts';
import { sections, SITE, tlsOf } from '../testing/healthy.ts';

/** A server that is told a time by some other ends, each its own; by nobody else. */
const told = (
  server: ServerResults,
  aheadMs: Readonly<Record<string, number>>,
  source: 'http-date' | 'smtp-banner' | 'token' = 'http-date',
): ServerResults => ({
  ...server,
  results: server.results.map((result): CheckResult => {
    const { clock: _, ...rest } = result.evidence;
    const ahead = aheadMs[result.target.host];
    return {
      ...result,
      evidence: sections(rest, ahead === undefined ? {} : { clock: { source, aheadMs: ahead } }),
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

  it.each([
    ['http-date', 'http'],
    ['smtp-banner', 'greet'],
    ['token', 'token'],
  ] as const)('shows in the step that told the time: %s', (source, phase) => {
    const off = told(svc(), { [SMTP]: 400_000, [LOGIN]: 401_000 }, source);
    expect(diagnoseSite({ site: SITE, servers: [off] })).toMatchObject([{ rule: 'clock.wrong', phase }]);
  });

  it.each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])(
    'shows in the handshake that it refuses: %s',
    (distrust) => {
      const off = told(svc(), { [SMTP]: 400_000, [LOGIN]: 401_000 });
      const results = off.results.map((result) =>
        result.check === 'https.sign-in'
          ? {
              ...failing(result, 'tls', 'untrusted', { tls: { ...tlsOf(), trusted: false, distrust } }),
              evidence: sections(result.evidence, { tls: { ...tlsOf(), trusted: false, distrust } }),
            }
          : result,
      );
      expect(diagnoseSite({ site: SITE, servers: [{ ...off, results }] })).toMatchObject([
        { rule: 'clock.wrong', phase: 'tls' },
      ]);
    },
  );
});
