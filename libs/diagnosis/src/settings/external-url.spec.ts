import { describe, expect, it } from 'vitest';
import { english, inShort, seen, siteWith } from '../testing/settings.ts';
import { judgeExternalUrl } from './external-url.ts';

const GOOD = ['C2 holds S17 S22', 'C2 holds S17 S23'];

describe('the external URL', () => {
  it('holds by its form and by the console that is opened at its name', () => {
    expect(inShort(judgeExternalUrl(siteWith(), []))).toEqual(GOOD);
    expect(inShort(judgeExternalUrl(siteWith({ externalUrl: 'https://ECE.example.com./' }), []))).toEqual(
      GOOD,
    );
  });

  it.each([
    ['http://ece.example.com', 'it begins with http:// and not with https://'],
    ['https://192.0.2.7', '192.0.2.7 is an address and not a name'],
    ['https://0xC0000207', '192.0.2.7 is an address and not a name'],
    ['https://[2001:db8::7]', '[2001:db8::7] is an address and not a name'],
    ['https://ece', 'ece has no domain behind it'],
    ['https://ece.example.com:8443', 'it has the port 8443 in it'],
    ['https://ece.example.com/system', 'it has the path "/system" in it'],
    ['https://ece.example.com/?a=1', 'it has a query in it'],
    ['https://ece.example.com/#a', 'it has a fragment in it'],
  ])('is broken as %s', (externalUrl, fault) => {
    const [first] = judgeExternalUrl(siteWith({ externalUrl }), []);
    expect(first).toMatchObject({ item: 'C2', verdict: 'broken', statements: ['S17'] });
    expect(english(first?.sentence)).toContain(fault);
  });

  it('names every fault by itself', () => {
    const verdicts = judgeExternalUrl(siteWith({ externalUrl: 'http://ece:8080/x' }), []);
    expect(inShort(verdicts).filter((one) => one === 'C2 broken S17')).toHaveLength(4);
  });

  it.each<[Parameters<typeof siteWith>[0], string]>([
    [{ externalUrl: null }, 'C2 cannot-tell S16 S22'],
    [{ externalUrl: 'ece.example.com' }, 'C2 broken S16 S17'],
    [{ adminConsoleUrl: null }, 'C2 cannot-tell S23'],
    [{ adminConsoleUrl: 'https://ece-web01.example.com/system' }, 'C2 broken S17 S23'],
  ])('with %j: %s', (changes, expected) => {
    expect(inShort(judgeExternalUrl(siteWith(changes), []))).toContain(expected);
  });

  const target = { name: 'external-url', host: 'ece.example.com', port: 443 };
  const fail = (phase: 'resolve' | 'tls' | 'connect', code: 'not-found' | 'untrusted' | 'timeout') => ({
    outcome: 'fail' as const,
    failure: { phase, code, message: `${phase} ${code}` },
  });
  it.each<[string, Parameters<typeof seen>[1], string]>([
    ['resolves with a valid certificate', {}, 'holds'],
    ['does not resolve', fail('resolve', 'not-found'), 'broken'],
    ['has an invalid certificate', fail('tls', 'untrusted'), 'broken'],
    [
      'cannot be reached from the server, which breaks nothing by itself',
      fail('connect', 'timeout'),
      'cannot-tell',
    ],
    ['was not looked at', { outcome: 'skipped', reason: 'why' }, 'cannot-tell'],
    [
      'was looked at before it was changed',
      { target: { ...target, host: 'old.example.com' } },
      'cannot-tell',
    ],
  ])('on a server where it %s', (_, changes, verdict) => {
    const judged = judgeExternalUrl(siteWith(), [
      seen('https.external-url', { target, ...changes }),
      seen('imap.tls'),
    ]);
    expect(judged).toHaveLength(3);
    expect(judged[2]).toMatchObject({ item: 'C2', subject: 'svc01', verdict });
  });
});
