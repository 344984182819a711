import { Readiness, type CheckResult } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { healthySite, staleSite, withoutResults, withResults } from '../testing/checklist.ts';
import { mailboxWith } from '../testing/settings.ts';
import type { ChecklistInput } from './known.ts';
import { readiness } from './readiness.ts';

const fail = (
  phase: 'connect' | 'authenticate' | 'send' | 'receive',
  code: 'refused' | 'denied' | 'timeout' | 'throttled' | 'internal' | 'unavailable',
  reply = `${phase} ${code}`,
): Partial<CheckResult> => ({
  outcome: code === 'throttled' ? 'throttled' : 'fail',
  failure: { phase, code, message: reply },
  evidence: { login: { reply } },
});
const OFF = '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.';
const states = (input: ChecklistInput): string =>
  readiness(input)
    .map(({ server, state }) => `${server} ${state}`)
    .join(', ');

/** With a round trip of svc01 beside its other results. */
function withRoundTrip(changes: Partial<CheckResult>): ChecklistInput {
  const input = healthySite();
  const [svc01, ...others] = input.servers;
  const login = svc01?.results.find(({ result }) => result.check === 'smtp.login');
  if (!svc01 || !login) throw new Error('svc01 signs in by SMTP');
  const result = { ...login.result, check: 'mail.round-trip', ...changes };
  return {
    ...input,
    servers: [{ ...svc01, results: [...svc01.results, { result, stale: false }] }, ...others],
  };
}

describe('readiness for the end of basic authentication', () => {
  it('is shown by a sign-in with a token, for each mailbox and each server that sends', () => {
    const all = readiness(healthySite());
    expect(Readiness.array().parse(all)).toEqual(all);
    expect(all).toMatchObject([
      { mailbox: 'sales@example.com', server: 'svc01', state: 'ready', statements: ['S49', 'S58'] },
      { mailbox: 'sales@example.com', server: 'app01', state: 'ready', statements: ['S50', 'S58'] },
    ]);
    expect(all[0]?.sentence).toContain('smtp.office365.com:587');
  });

  it.each<[string, ChecklistInput, string]>([
    [
      'a refused token',
      withResults(['smtp.login'], fail('authenticate', 'denied'), 'app01'),
      'svc01 ready, app01 not-ready',
    ],
    [
      'a sender that is not permitted',
      withResults(['smtp.login'], fail('send', 'denied'), 'app01'),
      'svc01 ready, app01 not-ready',
    ],
    [
      'a closed port',
      withResults(['smtp.submission', 'smtp.login'], fail('connect', 'timeout'), 'svc01'),
      'svc01 not-ready, app01 ready',
    ],
    [
      'no sign-in and a closed port',
      withResults(['smtp.submission'], fail('connect', 'timeout'), 'svc01', withoutResults(['smtp.login'])),
      'svc01 not-ready, app01 cannot-tell',
    ],
    [
      'a message that could not be sent',
      withRoundTrip(fail('send', 'denied')),
      'svc01 not-ready, app01 ready',
    ],
    [
      'a message that was sent and could not be read',
      withRoundTrip(fail('receive', 'refused')),
      'svc01 ready, app01 ready',
    ],
    ['no sign-in', withoutResults(['smtp.login']), 'svc01 cannot-tell, app01 cannot-tell'],
    ['old results', staleSite(), 'svc01 cannot-tell, app01 cannot-tell'],
    [
      'a throttled sign-in',
      withResults(['smtp.login'], fail('authenticate', 'throttled')),
      'svc01 cannot-tell, app01 cannot-tell',
    ],
    [
      'a fault of Mailpath',
      withResults(['smtp.login'], fail('authenticate', 'internal')),
      'svc01 cannot-tell, app01 cannot-tell',
    ],
    [
      'a service that cannot now',
      withResults(['smtp.login'], fail('authenticate', 'unavailable')),
      'svc01 cannot-tell, app01 cannot-tell',
    ],
    [
      'SMTP AUTH entered as off',
      { ...withoutResults(), mailboxes: [mailboxWith({ smtpAuthEnabled: false })] },
      'svc01 not-ready, app01 not-ready',
    ],
    [
      'SMTP AUTH entered as off and shown to be on',
      healthySite({ mailboxes: [mailboxWith({ smtpAuthEnabled: false })] }),
      'svc01 ready, app01 ready',
    ],
  ])('with %s', (_, input, expected) => {
    expect(states(input)).toBe(expected);
    for (const { state, nextStep } of readiness(input)) expect(nextStep === null).toBe(state === 'ready');
  });

  it('says that the switch of SMTP AUTH is for OAuth as well, and by when to turn it on', () => {
    const [entry] = readiness(withResults(['smtp.login'], fail('authenticate', 'denied', OFF)));
    expect(entry?.sentence).toContain('for OAuth as well as for passwords');
    expect(entry?.nextStep).toContain(
      'Set-CASMailbox sales@example.com -SmtpClientAuthenticationDisabled $false',
    );
    expect(entry?.nextStep).toContain('the end of December 2026');
  });

  it('is told in Japanese', () => {
    for (const { sentence, nextStep } of [
      ...readiness(healthySite(), 'ja'),
      ...readiness(withoutResults(), 'ja'),
    ]) {
      expect(sentence).toMatch(/\p{Script=Hiragana}/u);
      expect(nextStep ?? 'なし').toMatch(/\p{Script=Hiragana}/u);
    }
  });
});
