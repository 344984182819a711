import { describe, expect, it } from 'vitest';
import { english, inShort, seen, siteWith } from '../testing/settings.ts';
import { judgeRedirectUri } from './redirect-uri.ts';

const judge = (redirectUri: string | null, results: Parameters<typeof judgeRedirectUri>[1] = []) =>
  judgeRedirectUri(siteWith({ redirectUri }), results);

describe('the redirect URI', () => {
  it('holds by its form and its name, and says what must match letter by letter', () => {
    const verdicts = judge('https://ece.example.com/System/oauth');
    expect(inShort(verdicts)).toEqual(['C3 holds S24', 'C3 holds S25']);
    expect(english(verdicts[0]?.nextStep)).toContain('"/System/oauth" counts letter by letter');
    expect(english(verdicts[0]?.nextStep)).toContain('without a slash');
    expect(english(judge('https://ece.example.com/oauth/')[0]?.nextStep)).toContain('with a slash');
    expect(english(judge('https://ece.example.com')[0]?.nextStep)).toContain('It has no path');
    expect(english(judge('https://ece.example.com/a?b=c')[0]?.nextStep)).toContain('It has a query');
  });

  it.each([
    ['http://ece.example.com/oauth', 'does not begin with https://'],
    ['http://127.0.0.1/oauth', 'does not begin with https://'],
    ['ftp://localhost/oauth', 'does not begin with https://'],
    ['https://ece.example.com/o!', 'one of the characters'],
    ['https://ece.example.com/o(1)', 'one of the characters'],
    ['https://ece.example.com/o;p', 'one of the characters'],
    [`https://ece.example.com/${'x'.repeat(233)}`, 'longer than 256'],
    ['https://*.example.com/oauth', 'a wildcard'],
    ['https://ece.example.com/oauth#top', 'a fragment'],
    ['https://ece.example.com/o auth', 'a blank'],
    ['/system/oauth', 'no absolute URI'],
  ])('is broken as %s', (redirectUri, fault) => {
    const [first] = judge(redirectUri);
    expect(first).toMatchObject({ item: 'C3', verdict: 'broken' });
    expect(english(first?.sentence)).toContain(fault);
  });

  it('is taken on localhost without TLS, and at its longest', () => {
    expect(judge('http://localhost:8080/oauth')[0]?.verdict).toBe('holds');
    expect(judge(`https://ece.example.com/${'x'.repeat(232)}`)[0]?.verdict).toBe('holds');
  });

  it('must have the name of the external URL', () => {
    expect(inShort(judge('https://ece-app01.example.com/oauth'))).toContain('C3 broken S25');
    const unknown = judgeRedirectUri(siteWith({ externalUrl: null }), []);
    expect(inShort(unknown)).toContain('C3 cannot-tell S25');
    expect(inShort(judge(null))).toEqual(['C3 cannot-tell S24 S25']);
  });

  const own = 'https://ece.example.com/system/oauth';
  it.each<[string, number | null, string, string]>([
    ['is taken', null, own, 'holds'],
    ['matches none', 50011, own, 'broken'],
    ['is registered nowhere', 500113, own, 'broken'],
    ['comes after another fault', 700016, own, 'cannot-tell'],
    ['was another one then', 50011, `${own}/`, 'cannot-tell'],
  ])('asked about by a server, %s', (_, aadsts, redirectUri, verdict) => {
    const evidence = { redirect: { redirectUri, aadsts } };
    const failure = { phase: 'http' as const, code: 'denied' as const, message: 'no' };
    const result = aadsts === null ? {} : { outcome: 'fail' as const, failure };
    const judged = judge(own, [seen('https.redirect-uri', { ...result, evidence }), seen('imap.tls')]);
    expect(judged).toHaveLength(3);
    expect(judged[2]).toMatchObject({ subject: 'svc01', verdict });
  });

  it.each<[string, Parameters<typeof seen>[1], string]>([
    ['nobody is signed in, as it must be', { outcome: 'pass' }, 'holds'],
    [
      'another fault is sent to the redirect URI',
      { outcome: 'fail', failure: { phase: 'http', code: 'denied', message: 'no' } },
      'holds',
    ],
  ])('is taken where %s', (_, result, verdict) => {
    const evidence = { redirect: { redirectUri: own, error: 'login_required', aadsts: 50_058 } };
    const judged = judge(own, [seen('https.redirect-uri', { ...result, evidence })]);
    expect(judged[2]).toMatchObject({ subject: 'svc01', verdict });
  });

  it('is not judged by a server that could not ask', () => {
    const failure = { phase: 'connect' as const, code: 'timeout' as const, message: 'nothing came' };
    const judged = judge(own, [seen('https.redirect-uri', { outcome: 'fail', failure })]);
    expect(judged[2]).toMatchObject({ verdict: 'cannot-tell' });
    expect(english(judged[2]?.sentence)).toBe('svc01 could not ask Entra: nothing came');
  });
});
