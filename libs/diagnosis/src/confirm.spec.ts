import { type CheckResult, type FailureCode, FailureCode as Codes, type Phase } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { confirmationOf, refutes, settles } from './confirm.ts';
import { diagnoseSite } from './diagnose-site.ts';
import { failing } from './testing/faults.ts';
import { but, faulty, svc } from './testing/fixtures.ts';
import { signedIn, SITE, wellAt } from './testing/healthy.ts';

const told = (phase: Phase, code: FailureCode, reply: string) =>
  diagnoseSite({
    site: SITE,
    servers: [
      but(svc(), 'smtp.login', (each) =>
        failing(each, phase, code, {
          login: { user: 'sales@example.com', reply },
          submission: { data: reply },
        }),
      ),
    ],
  }).map(confirmationOf);
const broken = (each: CheckResult) => failing(each, 'connect', 'timeout');
const REPLY =
  '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled';

describe('what confirms a finding', () => {
  it('is a refusal in known words itself, and for what nobody knows another look', () => {
    expect(told('authenticate', 'denied', REPLY)).toEqual(['itself']);
    expect(told('authenticate', 'denied', '535 9.9.9 Nobody knows')).toEqual(['second-look']);
  });

  it.each(Codes.options.filter((code) => !['denied', 'throttled', 'internal'].includes(code)))(
    'is another look for what the network may do in a moment: %s',
    (code) => {
      for (const phase of ['connect', 'tls', 'greet'] as const)
        for (const each of diagnoseSite({
          site: SITE,
          servers: [but(svc(), 'imap.tls', (result) => failing(result, phase, code))],
        }))
          expect(confirmationOf(each)).toBe('second-look');
    },
  );

  it('is a fact of the site itself', () => {
    const circumstances = [
      { kind: 'approval-awaited' as const, server: 'svc01', hostName: 'h', keyFingerprint: 'SHA256:x' },
    ];
    const [finding] = diagnoseSite({ site: { ...SITE, circumstances }, servers: [svc()] });
    expect(finding && confirmationOf(finding)).toBe('itself');
  });

  it('is what it rests on where that is several rounds already', () => {
    const [finding] = diagnoseSite({ site: SITE, servers: [but(svc(), 'imap.tls', broken)] });
    if (!finding) throw new Error('nothing is told');
    const seen = (rounds: unknown) => confirmationOf({ ...finding, params: { ...finding.params, rounds } });
    expect([undefined, 1, 2, 'many'].map(seen)).toEqual([
      'second-look',
      'second-look',
      'itself',
      'second-look',
    ]);
  });

  it('is known of a secret that has run out at once', () => {
    const [finding] = diagnoseSite({ site: SITE, servers: [faulty('token.secret application')] });
    expect(finding && confirmationOf(finding)).toBe('itself');
  });
});

describe('what a result says of its place now', () => {
  it.each<[Partial<CheckResult>, FailureCode | null, boolean]>([
    [{}, null, true],
    [{ outcome: 'warn' }, null, true],
    [{}, 'timeout', false],
    [{}, 'reset', false],
    [{}, 'unavailable', false],
    [{}, 'denied', true],
    [{ repeats: 'r1' }, 'timeout', true],
  ])('%j with %s', (changes, code, expected) => {
    const result = code === null ? wellAt('imap') : failing(wellAt('imap'), 'authenticate', code);
    expect(settles({ ...result, ...changes })).toBe(expected);
  });
});

describe('what shows that a first token is no longer missing', () => {
  const at = (result: CheckResult, startedAt: string): CheckResult => ({ ...result, startedAt });
  const failed = at(failing(signedIn('token.redeem'), 'token', 'denied'), '2026-11-24T03:00:00.000Z');
  const LATER = '2026-11-24T03:05:00.000Z';

  it.each<[string, CheckResult, boolean]>([
    ['a token that is refreshed since', at(signedIn('token.refresh'), LATER), true],
    ['a mailbox that opens since', at(signedIn('imap.mailbox'), LATER), true],
    ['another mailbox', at(signedIn('imap.mailbox', {}, 'orders@example.com'), LATER), false],
    ['a place without a sign-in', at(wellAt('imap'), LATER), false],
    ['what worked before', at(signedIn('token.refresh'), '2026-11-24T02:59:00.000Z'), false],
    ['what fails since', at(failing(signedIn('token.refresh'), 'token', 'denied'), LATER), false],
  ])('%s', (_name, later, expected) => {
    expect(refutes(later, failed)).toBe(expected);
  });

  it('is nothing for what is looked at in every round', () => {
    const refresh = failing(signedIn('token.refresh'), 'token', 'denied');
    expect(refutes(at(signedIn('imap.mailbox'), LATER), refresh)).toBe(false);
  });
});
