import { describe, expect, it } from 'vitest';
import type { CheckResult, Finding } from '@mailpath/protocol';
import { diagnoseSite } from '../diagnose-site.ts';
import { failing } from '../testing/faults.ts';
import { svc } from '../testing/fixtures.ts';
import { claimsOf, signedIn, SITE } from '../testing/healthy.ts';
import { also, login } from '../testing/sign-in-steps.ts';
import type { ServerResults } from '../look.ts';

const ANSWER = '-ERR Authentication failure: unknown user name or bad password.';
const POP3 = { ...SITE, inbound: 'pop3' } as const;
const refused = (reply = ANSWER): CheckResult =>
  failing(signedIn('pop3.mailbox'), 'authenticate', 'denied', login(reply));
const withSmtp = (name: string, ...more: CheckResult[]): ServerResults => also(svc(name), ...more);
const changedSmtp = (to: (result: CheckResult) => CheckResult[]): ServerResults => ({
  ...svc(),
  results: svc().results.flatMap((each) => (each.check === 'smtp.login' ? to(each) : each)),
});
const found = (...servers: ServerResults[]): Finding[] => diagnoseSite({ site: POP3, servers });
const rules = (...servers: ServerResults[]): string[] => found(...servers).map(({ rule }) => rule);

describe('a POP3 login that is refused while SMTP accepts the token', () => {
  it('is of the switch or of the right, and says so to Exchange', () => {
    const [finding, ...more] = found(withSmtp('svc01', refused()));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: 'pop3.refused-alone', owner: 'exchange', confidence: 'likely' });
    expect(finding?.cause).not.toContain('permission');
    expect(finding?.nextStep).toContain('PopEnabled');
  });

  it('may lack its permission as well, where the token does not say', () => {
    const opaque = withSmtp('svc01', refused());
    const results = opaque.results.map((each) =>
      each.check === 'token.refresh'
        ? { ...each, evidence: { claims: claimsOf({ scp: null, opaque: true }) } }
        : each,
    );
    const [finding] = found({ ...opaque, results });
    expect(finding).toMatchObject({ rule: 'pop3.refused-alone', confidence: 'possible' });
    expect(finding?.cause).toContain('POP.AccessAsUser.All');
  });

  it('is so whatever becomes of the message that SMTP was given', () => {
    const message = failing(signedIn('mail.round-trip'), 'receive', 'denied', {
      ...login('OK'),
      roundTrip: { via: 'pop3' },
    });
    expect(
      rules(
        also(
          changedSmtp(() => [message]),
          refused(),
        ),
      ),
    ).toEqual(['pop3.refused-alone']);
  });

  it.each([
    [
      'SMTP refuses it too',
      (each: CheckResult) => [failing(each, 'authenticate', 'denied', login('535 5.7.3 No'))],
    ],
    ['SMTP is not reached', (each: CheckResult) => [failing(each, 'connect', 'refused')]],
    ['SMTP was not asked', () => []],
    [
      'SMTP accepts that of another user',
      (each: CheckResult) => [
        { ...each, target: { ...each.target, name: 'other', mailbox: 'other@example.com' } },
      ],
    ],
  ])('is not told so where %s', (_, smtp) => {
    expect(rules(also(changedSmtp(smtp), refused()))).not.toContain('pop3.refused-alone');
  });

  it('is not told so where POP3 says why, or lets another server in', () => {
    expect(rules(withSmtp('svc01', refused('-ERR [AUTH] No')))).not.toContain('pop3.refused-alone');
    const other = withSmtp('svc02', signedIn('pop3.mailbox'));
    expect(rules(withSmtp('svc01', refused()), other)).toEqual(['login.token-refused']);
  });
});
