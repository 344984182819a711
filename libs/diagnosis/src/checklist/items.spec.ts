import { describe, expect, it } from 'vitest';
import { failure, mailbox, site, TOKENS, verdicts } from '../testing/checklist-cases.ts';
import { healthySite, serverOf, withoutResults, withResults } from '../testing/checklist.ts';
import { passed, untrustedTls } from '../testing/results.ts';
import { claimsWith } from '../testing/settings.ts';
import { checklist } from './checklist.ts';
import type { ChecklistInput } from './known.ts';

const applicationToken = (address: string): ChecklistInput =>
  withResults(
    ['token.refresh'],
    {
      check: 'token.app-only',
      target: { name: 'of-the-application', host: 'login.microsoftonline.com', port: 443, mailbox: address },
      evidence: {
        claims: claimsWith({ user: null, scp: null, roles: ['IMAP.AccessAsApp', 'SMTP.SendAsApp'] }),
      },
    },
    'svc01',
    withoutResults(['token.redeem'], mailbox({ userName: 'ece@example.com' })),
  );

describe('single items of the checklist', () => {
  it.each([
    ['sales@example.com', 'holds'],
    ['support@example.com', 'cannot-tell'],
  ])('C5 and X5 with a token of the application for %s: %s', (address, verdict) => {
    const input = applicationToken(address);
    expect(verdicts(input, 'C5')).toBe(`sales@example.com ${verdict}`);
    expect(verdicts(input, 'X5')).toBe(`sales@example.com ${verdict}`);
    const own = checklist(input).filter(
      (entry) => ['C5', 'X5'].includes(entry.item) && entry.verdict === 'holds',
    );
    for (const { sentence } of own) expect(sentence).toContain('a token of the application itself');
  });

  it.each<['connect' | 'resolve', 'timeout' | 'not-found', string, string]>([
    ['connect', 'timeout', 'holds', 'cannot look at the external URL from where it is'],
    ['resolve', 'not-found', 'broken', 'does not resolve it'],
  ])('C2 with %s %s on a server %s: the server %s', (phase, code, verdict) => {
    const look = passed('login', {
      check: 'https.external-url',
      target: { name: 'external-url', host: 'ece.example.com', port: 443 },
      ...failure(phase, code),
    });
    const svc01 = serverOf('svc01', 'services');
    const servers = [{ ...svc01, results: [...svc01.results, { result: look, stale: false }] }];
    expect(verdicts(healthySite({ servers }), 'C2')).toBe(`Tokyo ${verdict}`);
  });

  it('C10 takes no refusal by HTTP for an open port, since a proxy may have said it', () => {
    const input = withResults(
      ['https.sign-in'],
      failure('http', 'denied'),
      undefined,
      withoutResults(TOKENS),
    );
    expect(verdicts(input, 'C10')).toBe('svc01 cannot-tell, app01 cannot-tell');
    expect(verdicts(input, 'C9')).toBe('svc01 broken, app01 broken');
  });

  it('X5 is not shown by a sign-in whose token may be older than what befell the account', () => {
    expect(verdicts(withoutResults(TOKENS), 'X5')).toBe('sales@example.com cannot-tell');
  });

  it('X1 is not shown by a public client, which has no secret', () => {
    const input = withResults(TOKENS, { evidence: { claims: claimsWith({ appidacr: '0' }) } });
    expect(verdicts(input, 'X1')).toBe('Tokyo cannot-tell');
  });

  it('X6 is broken by a chain that nobody trusts, whatever the check made of it', () => {
    const input = withResults(
      ['imap.tls'],
      { evidence: untrustedTls('CN=Corp Proxy CA', 'SELF_SIGNED_CERT_IN_CHAIN') },
      'app01',
    );
    expect(verdicts(input, 'X6')).toBe('svc01 holds, app01 broken');
  });

  it('X7 is broken by who says that it cannot now, and kept open by who asks to slow down', () => {
    const x7 = (code: 'throttled' | 'unavailable', phase: 'authenticate' | 'connect' = 'authenticate') =>
      verdicts(withResults(['smtp.login'], failure(phase, code), 'app01'), 'X7');
    expect([x7('unavailable'), x7('throttled')]).toEqual(['Tokyo broken', 'Tokyo cannot-tell']);
  });

  it('X9 goes by the times of a token where no host has told the time', () => {
    const iat = Date.parse('2026-11-24T03:20:00.000Z') / 1_000;
    const input = withResults(
      ['token.refresh'],
      { evidence: { claims: claimsWith({ iat, exp: iat + 4_000 }) } },
      'svc01',
      withoutResults(['https.sign-in', 'token.redeem']),
    );
    expect(verdicts(input, 'X9')).toBe('svc01 broken, app01 cannot-tell');
  });

  it('C9 and C10 ask for the places that the site added (S51, S55)', () => {
    const relay = passed('smtp', {
      check: 'tcp.connect',
      target: { name: 'relay', host: 'relay.example.com', port: 25 },
      ...failure('connect', 'refused'),
    });
    const svc01 = serverOf('svc01', 'services');
    const servers = [{ ...svc01, results: [...svc01.results, { result: relay, stale: false }] }];
    const [entry] = checklist(healthySite({ servers })).filter(({ item }) => item === 'C10');
    expect(entry).toMatchObject({ verdict: 'broken', statements: ['S51', 'S55'] });
    expect(entry?.nextStep).toBe('Open outgoing TCP from svc01 to relay.example.com:25.');
  });

  it('C10 of a machine with both roles is asked what each of them is asked', () => {
    const both = { ...serverOf('all01', 'services'), roles: ['services', 'application'] as const };
    const input = withResults(
      ['imap.tls', 'imap.mailbox'],
      failure('connect', 'timeout'),
      undefined,
      healthySite({ servers: [both] }),
    );
    const [entry] = checklist(input).filter(({ item }) => item === 'C10');
    expect(entry?.statements).toEqual(['S49', 'S59']);
    expect(entry?.sentence).not.toContain('No mail process of this role');
  });

  it('X8 and C8 leave out a protocol that the site does not use', () => {
    const input = withResults(
      ['imap.mailbox'],
      failure('open-mailbox', 'denied'),
      undefined,
      site({ inboundProtocol: 'pop3' }),
    );
    expect(verdicts(input, 'C8')).toBe('sales@example.com cannot-tell');
  });
});
