import { describe, expect, it } from 'vitest';
import { FaultBody } from './fault-schema.ts';

const mail = { step: 'login', lines: ['<t> NO x'] };
const entra = { endpoint: 'token', code: 530099, error: 'invalid_grant', text: 'x' };
const web = { endpoint: 'token', status: 400 };
const of = (fault: object): string[] => {
  const { error } = FaultBody.safeParse(fault);
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
};

describe('a fault', () => {
  it.each([
    [{ id: 'mail-answer', service: 'imap', mail, share: 0.25, seed: 7, times: 3, thenWell: 2 }],
    [{ id: 'mail-answer', service: 'pop3', name: 'a@b.example', mail: { ...mail, step: 'STAT' } }],
    [{ id: 'mail-answer', service: 'smtp', mail: { ...mail, lines: [], connection: 'stalls' } }],
    [
      {
        id: 'entra-answer',
        name: 'a@b.example',
        entra: { ...entra, suberror: 'token_expired', status: 401 },
      },
    ],
    [{ id: 'web-answer', web: { ...web, headers: { 'Retry-After': '9' }, body: '<p>' } }],
    [{ id: 'slow', delayMs: 500 }],
    [{ id: 'lossy', share: 0.1, afterBytes: 900 }],
    [{ id: 'dns-truncated', tcp: 'closed', name: 'smtp.office365.com' }],
    [{ id: 'dns-addresses', addresses: ['127.0.0.9', '::1'] }],
    [{ id: 'dns-alias', aliases: ['edge.test'], family: 6 }],
  ])('%j is accepted', (fault) => {
    expect(of(fault)).toEqual([]);
  });

  it.each([
    [{ id: 'mail-answer', service: 'imap' }, 'mail: say it'],
    [{ id: 'mail-answer', mail }, 'service: say which it is'],
    [{ id: 'mail-answer', service: 'https', mail }, 'service: say which it is'],
    [
      { id: 'mail-answer', service: 'pop3', mail: { ...mail, step: 'SELECT' } },
      'mail.step: pop3 has greeting',
    ],
    [
      { id: 'mail-answer', service: 'imap', mail: { ...mail, lines: ['a\nb'] } },
      'mail.lines.0: a line has no',
    ],
    [{ id: 'mail-answer', service: 'imap', mail: { ...mail, lines: 'a' } }, 'mail.lines: write a list'],
    [
      { id: 'mail-answer', service: 'imap', mail: { ...mail, connection: 'x' } },
      'mail.connection: use stays',
    ],
    [{ id: 'entra-answer' }, 'entra: say it'],
    [{ id: 'entra-answer', entra, service: 'https' }, 'service: leave it out'],
    [{ id: 'entra-answer', entra: { ...entra, code: 0.5 } }, 'entra.code: write the number'],
    [{ id: 'entra-answer', entra: { ...entra, status: 99 } }, 'entra.status: a final status'],
    [{ id: 'entra-answer', name: 'a', entra: { ...entra, endpoint: 'keys' } }, 'name: leave it out: nobody'],
    [{ id: 'web-answer', web: { ...web, headers: { 'Content-Length': '3' } } }, 'web.headers: leave out'],
    [{ id: 'web-answer', web: { ...web, headers: { A: 'x\r\nB: y' } } }, 'web.headers.A: write printable'],
    [{ id: 'closed', share: 0.5 }, 'share: leave it out: closed is for all'],
    [{ id: 'closed', mail }, 'mail: leave it out: it is for mail-answer'],
    [{ id: 'silent', share: 2 }, 'share: a share lies from 0 to 1'],
    [{ id: 'silent', thenWell: 2 }, 'times: say how many'],
    [{ id: 'silent', times: 0 }, 'times: write 1 or more'],
    [{ id: 'silent', name: 'a@b.example' }, 'name: leave it out'],
    [{ id: 'slow' }, 'delayMs: say how slow'],
    [{ id: 'dns-slow' }, 'delayMs: say how late'],
    [{ id: 'dns-addresses' }, 'addresses: say what'],
    [{ id: 'dns-addresses', addresses: ['mail.test'] }, 'addresses.0: write an IPv4'],
    [{ id: 'dns-alias' }, 'aliases: say it'],
    [{ id: 'dns-alias', aliases: ['A B'] }, 'aliases.0: write a host name'],
    [{ id: 'dns-servfail', service: 'imap' }, 'service: leave it out'],
    [{ id: 'dns-servfail', tcp: 'open' }, 'tcp: leave it out'],
    [{ id: 'silent', family: 4 }, 'family: leave it out'],
  ])('%j is refused with %s', (fault, complaint) => {
    expect(of(fault)).toEqual([expect.stringContaining(complaint)]);
  });
});
