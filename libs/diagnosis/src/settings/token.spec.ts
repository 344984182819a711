import { describe, expect, it } from 'vitest';
import type { TokenClaims } from '@mailpath/protocol';
import { claimsWith, english, mailboxWith, seen, siteWith } from '../testing/settings.ts';
import { judgeTokens } from './token.ts';

const judge = (claims: Partial<TokenClaims>, check = 'token.refresh', site = siteWith()) =>
  judgeTokens(site, [], [seen(check, { evidence: { claims: claimsWith(claims) } })]);
const verdictOf = (item: string, claims: Partial<TokenClaims>, check?: string): string[] =>
  judge(claims, check)
    .filter((one) => one.item === item)
    .map(({ verdict }) => verdict);

describe('a token', () => {
  it('holds in all when all is as it must be', () => {
    const verdicts = judge({});
    expect(verdicts.map(({ item, verdict }) => `${item} ${verdict}`)).toEqual([
      'X2 holds',
      'X2 holds',
      'C5 holds',
      'X3 holds',
      'C3 holds',
      'C4 holds',
      'X9 holds',
    ]);
    expect(verdicts.map(({ subject }) => subject)).toEqual([
      ...Array.from({ length: 6 }, () => 'sales@example.com'),
      'svc01',
    ]);
  });

  it.each<[string, Partial<TokenClaims>, string[]]>([
    ['X2', { aud: '00000002-0000-0ff1-ce00-000000000000' }, ['holds', 'holds']],
    ['X2', { aud: 'https://outlook.office365.com/' }, ['holds', 'holds']],
    ['X2', { aud: 'https://graph.microsoft.com' }, ['broken', 'holds']],
    ['X2', { aud: '00000003-0000-0000-c000-000000000000' }, ['broken', 'holds']],
    ['X2', { aud: 'https://partner.outlook.cn' }, ['broken', 'holds']],
    ['X2', { aud: 'api://b5d8b7a4' }, ['broken', 'holds']],
    ['X2', { opaque: true, aud: null, scp: null }, ['cannot-tell', 'cannot-tell']],
    ['X2', { scp: 'SMTP.Send' }, ['holds', 'broken']],
    ['X2', { scp: 'User.Read' }, ['holds', 'broken', 'broken']],
    ['X2', { scp: null }, ['holds', 'cannot-tell']],
    ['C5', { user: 'Sales@Example.com' }, ['holds']],
    ['C5', { user: 'ann@example.com' }, ['cannot-tell']],
    ['C5', { user: null, userFrom: null }, ['cannot-tell']],
    ['X3', { tid: '9188040d-6c67-4c5b-b112-36a304b66dad' }, ['broken']],
    ['X3', { tid: '99999999-2222-4333-8444-555555555555' }, ['broken']],
    ['X3', { tid: null }, []],
    ['C3', { appid: '99999999-2222-4333-8444-555555555555' }, ['broken']],
    ['C4', { iat: 1_000, exp: 1_000 + 61 * 60 }, ['holds']],
    ['C4', { iat: 1_000, exp: 1_000 + 60 * 60 }, ['holds']],
    ['C4', { iat: 1_000, exp: 1_000 + 59 * 60 }, ['cannot-tell']],
    ['C4', { iat: 1_000, exp: 1_000 + 28 * 3_600 }, ['holds']],
    ['C4', { exp: null }, []],
  ])('%s with %j: %j', (item, claims, verdicts) => {
    expect(verdictOf(item, claims)).toEqual(verdicts);
  });

  it('tells its lifetime as a fact', () => {
    const c4 = judge({ iat: 0, exp: 28 * 3_600 }).find(({ item }) => item === 'C4');
    expect(c4).toMatchObject({ statements: ['S26'] });
    expect(english(c4?.sentence)).toBe(
      'The access token lives 1680 minutes, longer than the 60 to 90 that Entra gives by itself.',
    );
  });

  it.each([
    [-20, 'behind'],
    [25, 'ahead of'],
  ])('shows a clock that is %i minutes off', (minutes, word) => {
    const iat = Date.parse('2026-11-24T03:00:00.000Z') / 1_000 - minutes * 60;
    const [clock] = judge({ iat, exp: iat + 4_000 }).filter(({ item }) => item === 'X9');
    expect(clock).toMatchObject({ subject: 'svc01', verdict: 'broken' });
    expect(english(clock?.sentence)).toContain(`20 minutes ${word}`);
  });

  it('believes the sign-in host before the token about the clock', () => {
    const evidence = { claims: claimsWith(), clock: { source: 'http-date' as const, aheadMs: -900_000 } };
    const verdicts = judgeTokens(siteWith(), [], [seen('token.refresh', { evidence })]);
    expect(english(verdicts.at(-1)?.sentence)).toBe(
      'The clock of svc01 is about 15 minutes behind that of Entra.',
    );
  });

  it('of the application itself is judged by its roles, and is nobody’s', () => {
    const roles = ['IMAP.AccessAsApp'];
    const verdicts = judge({ scp: null, roles, user: null }, 'token.app-only');
    expect(verdicts.map(({ item, verdict }) => `${item} ${verdict}`).slice(0, 3)).toEqual([
      'X2 holds',
      'X2 cannot-tell',
      'X3 holds',
    ]);
    expect(verdictOf('X2', { scp: null, roles: [] }, 'token.app-only')).toEqual([
      'holds',
      'broken',
      'cannot-tell',
    ]);
  });

  it('must be of the user at whom it was aimed, and the newest counts', () => {
    const target = { name: 'ece', host: '127.0.0.1', port: 443, mailbox: 'ece@example.com' };
    const older = seen('token.redeem', {
      target,
      startedAt: '2026-11-24T02:00:00.000Z',
      evidence: { claims: claimsWith({ user: 'ann@example.com' }) },
    });
    const newer = seen('token.refresh', {
      target,
      evidence: { claims: claimsWith({ user: 'ece@example.com' }) },
    });
    const c5 = (results: Parameters<typeof judgeTokens>[2]) =>
      judgeTokens(siteWith(), [], results).filter(({ item }) => item === 'C5');
    expect(c5([newer, older, seen('imap.tls')])).toMatchObject([
      { subject: 'ece@example.com', verdict: 'holds' },
    ]);
    expect(c5([older])).toMatchObject([{ subject: 'ece@example.com', verdict: 'cannot-tell' }]);
  });

  it('that says not at whom it was aimed is judged by the mailbox of that name', () => {
    const target = { name: 'sales', host: '127.0.0.1', port: 443 };
    const token = seen('token.refresh', { target, evidence: { claims: claimsWith() } });
    const c5 = (mailboxes: Parameters<typeof judgeTokens>[1]) =>
      judgeTokens(siteWith(), mailboxes, [token]).find(({ item }) => item === 'C5');
    expect(c5([mailboxWith()])).toMatchObject({ subject: 'sales@example.com', verdict: 'holds' });
    expect(c5([mailboxWith({ userName: 'ece@example.com' })])).toMatchObject({ verdict: 'cannot-tell' });
    expect(c5([])).toMatchObject({ subject: 'sales', verdict: 'cannot-tell' });
  });

  it('of another name is wrong where the mailbox does not open with it, and only there', () => {
    const token = seen('token.refresh', {
      evidence: { claims: claimsWith({ user: 'u10452@corp.example' }) },
    });
    const refused = {
      outcome: 'fail' as const,
      failure: { phase: 'authenticate' as const, code: 'denied' as const, message: 'no' },
    };
    const c5 = (...logins: Parameters<typeof judgeTokens>[2]) =>
      judgeTokens(siteWith(), [mailboxWith()], [token, ...logins]).find(({ item }) => item === 'C5');
    expect(c5(seen('imap.mailbox'))).toMatchObject({ verdict: 'holds' });
    expect(english(c5(seen('imap.mailbox'))?.nextStep)).toContain('u10452@corp.example');
    // What opens it says more than what does not send.
    expect(c5(seen('imap.mailbox'), seen('smtp.login', refused))).toMatchObject({ verdict: 'holds' });
    expect(c5(seen('imap.mailbox', refused), seen('smtp.login'))).toMatchObject({ verdict: 'broken' });
    expect(c5(seen('smtp.login', refused))).toMatchObject({ verdict: 'broken' });
    expect(c5()).toMatchObject({ verdict: 'cannot-tell' });
  });

  it('of the application lacks a role where SMTP refuses it, and may have one in Exchange where not', () => {
    const claims = claimsWith({ scp: null, roles: ['IMAP.AccessAsApp'], user: null, idtyp: 'app' });
    const token = seen('token.app-only', { evidence: { claims } });
    const x2 = (...logins: Parameters<typeof judgeTokens>[2]) =>
      judgeTokens(siteWith(), [mailboxWith()], [token, ...logins])
        .filter(({ item }) => item === 'X2')
        .map(({ verdict }) => verdict);
    const refused = seen('smtp.login', {
      outcome: 'fail',
      failure: { phase: 'authenticate', code: 'denied', message: 'no' },
    });
    expect(x2()).toEqual(['holds', 'cannot-tell']);
    expect(x2(refused)).toEqual(['holds', 'broken']);
  });
});
