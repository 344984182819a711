import { describe, expect, it } from 'vitest';
import type { FailureCode, Finding, Phase } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import type { ServerResults } from '../look.ts';
import { failing } from '../testing/faults.ts';
import { but, svc } from '../testing/fixtures.ts';
import { SITE } from '../testing/healthy.ts';

const refused = (phase: Phase, code: FailureCode, line: string, name = 'svc01'): ServerResults =>
  but(svc(name), 'smtp.submission', (result) =>
    failing(result, phase, code, {}, `smtp.office365.com:587 (52.96.0.10) answered "${line}"`),
  );
const only = (...servers: ServerResults[]): Finding => {
  const [finding, ...more] = diagnoseSite({ site: SITE, servers });
  expect(more).toEqual([]);
  expect(finding?.params).not.toHaveProperty('contradicted');
  return finding as Finding;
};
const FAILS: readonly FailureCode[] = ['unexpected-reply', 'denied', 'unavailable'];

describe('STARTTLS that is offered and refused', () => {
  it.each(
    FAILS.flatMap((code) =>
      ['454 4.7.0 TLS not available due to temporary reason', '501 5.5.4 Syntax error', '554 No'].map(
        (line) => [code, line] as const,
      ),
    ),
  )('is no STARTTLS that is missing, and no matter of the address: %s, %s', (code, line) => {
    const here = only(refused('starttls', code, line), svc('svc02'));
    expect(here).toMatchObject({ rule: 'starttls.missing', owner: 'network', phase: 'starttls' });
    expect(here.summary).toContain(`offers STARTTLS, and refuses it: ${line}`);
    expect(here.nextStep).not.toContain('public address');
    const everywhere = only(refused('starttls', code, line), refused('starttls', code, line, 'svc02'));
    expect(everywhere).toMatchObject({ rule: 'starttls.missing', owner: 'microsoft' });
  });
});

describe('a greeting that refuses', () => {
  it.each([
    '421 4.3.2 Service not available, too many connections from your IP',
    '421 4.7.66 Concurrent connections limit exceeded',
    '554 5.7.1 Maximum sessions for this client exceeded',
  ])('for a limit is told as that, whatever its code: %s', (line) => {
    expect(only(refused('greet', 'unavailable', line), svc('svc02')).cause).toContain('limit of connections');
  });

  it.each(['550 5.7.1 Helo command rejected: need fully-qualified hostname', '501 5.5.4 Invalid EHLO name'])(
    'the name in EHLO sends nobody to the public address: %s',
    (line) => {
      const finding = only(refused('greet', 'denied', line), svc('svc02'));
      expect(finding.cause).toContain('EHLO');
      expect(finding.nextStep).not.toContain('public address');
    },
  );
});
