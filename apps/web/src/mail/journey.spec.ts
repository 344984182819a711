import { describe, expect, it } from 'vitest';
import { journey, mailboxOpens, STOPS } from './journey.ts';

const site = { tenant: 'contoso.com', clientId: '6a3f1c1e-0000-4000-8000-000000000001' };
const signIn = { state: 'waiting', runId: null, userName: 'a@contoso.com', createdAt: '' } as const;
const states = (facts: Parameters<typeof journey>[0]) => {
  const found = journey(facts);
  return STOPS.map((stop) => found[stop]).join(' ');
};
const credential = { obtainedAt: '2026-11-28T06:00:00.000Z', refreshedAt: null };
const refreshed = { ...credential, refreshedAt: '2026-11-28T06:05:00.000Z' };

describe('the journey of a sign-in', () => {
  it.each([
    ['waits for a person', { ...signIn }, undefined, null, 'done now later later later later'],
    [
      'ran out of time',
      { ...signIn, state: 'expired' },
      undefined,
      null,
      'done failed later later later later',
    ],
    [
      'was refused in the browser',
      { ...signIn, state: 'failed' },
      undefined,
      null,
      'done failed later later later later',
    ],
    [
      'was refused to the agent',
      { ...signIn, state: 'failed', runId: 'r' },
      undefined,
      null,
      'done done done failed later later',
    ],
    [
      'is being redeemed',
      { ...signIn, state: 'redeeming', runId: 'r' },
      undefined,
      null,
      'done done done now later later',
    ],
    [
      'has its token, not refreshed yet',
      { ...signIn, state: 'done', runId: 'r' },
      credential,
      null,
      'done done done done now later',
    ],
    [
      'was refreshed',
      { ...signIn, state: 'done', runId: 'r' },
      refreshed,
      null,
      'done done done done done now',
    ],
    [
      'opened the mailbox',
      { ...signIn, state: 'done', runId: 'r' },
      refreshed,
      true,
      'done done done done done done',
    ],
    [
      'has a mailbox that does not open',
      { ...signIn, state: 'done', runId: 'r' },
      refreshed,
      false,
      'done done done done done failed',
    ],
  ] as const)('shows one that %s', (_, of, token, opened, expected) => {
    expect(states({ site, signIn: of, credential: token, opened })).toBe(expected);
  });

  it('says that the application is missing where the site has no id for it', () => {
    expect(
      journey({ site: { ...site, clientId: null }, signIn, credential: undefined, opened: null }).registered,
    ).toBe('missing');
  });

  it('takes a mailbox as open when one server opens it, and knows nothing before any has tried', () => {
    const row = (check: string, ...outcomes: string[]) =>
      ({ check, target: { name: 'support' }, cells: outcomes.map((outcome) => ({ outcome })) }) as never;
    const names = new Set(['support']);
    expect(mailboxOpens({ rows: [row('imap.mailbox', 'fail', 'pass')] }, names)).toBe(true);
    expect(mailboxOpens({ rows: [row('imap.mailbox', 'fail', 'no-data')] }, names)).toBe(false);
    expect(mailboxOpens({ rows: [row('imap.mailbox', 'no-data', 'skipped')] }, names)).toBeNull();
    expect(mailboxOpens({ rows: [row('smtp.login', 'pass')] }, names)).toBeNull();
  });
});
