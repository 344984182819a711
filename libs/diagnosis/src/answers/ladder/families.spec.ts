import { aadstsAnswer } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { imapFamily } from './imap-families.ts';
import { mailAnswer } from './mail-answer.ts';
import { pop3Family } from './pop3-families.ts';
import { SMTP_CODES } from './smtp-codes.ts';
import { smtpFamily } from './smtp-families.ts';
import { readSmtpReply, responseCodeOf } from './status-code.ts';

describe('the family of an answer', () => {
  it.each([
    ['451 4.2.1 Later', 'microsoft', 'back-off', 'X7'],
    ['450 Later', 'microsoft', 'back-off', 'X7'],
    ['550 5.2.1 No', 'exchange', 'no', 'C7'],
    ['4.7.0 Later', 'microsoft', 'back-off', 'X7'],
  ] as const)('of class 4 may pass by itself, and of class 5 does not: %s', (line, owner, retry, item) => {
    const { items, ...family } = smtpFamily(line, 'send') ?? { items: [] };
    expect(family).toMatchObject({ rung: 'family', owner, retry });
    expect(items[0]).toBe(item);
  });

  it.each(['250 2.0.0 OK', '554 5.0.0 No', '554 No', '', 'text', '55 5.7.1', '550.5.7.1'])(
    'is not told of "%s"',
    (line) => {
      expect(smtpFamily(line, 'send')).toBeNull();
    },
  );

  it.each([
    ['452 4.2.2 Mailbox full', 'exchange', 'C7'],
    ['552 5.2.2 Quota', 'exchange', 'C7'],
    ['552 5.3.4 Message too big', 'exchange', 'X8'],
    ['552 5.2.3 Message too long', 'exchange', 'X8'],
    ['450 4.1.1 Nobody', 'exchange', 'C7'],
    ['556 5.1.10 Null MX', 'exchange', 'C7'],
    ['452 4.5.3 Too many recipients', 'exchange', 'X7'],
    ['432 4.7.12 A password transition is needed', 'entra', 'X5'],
  ] as const)('is told by its detail, which no time heals: %s', (line, owner, item) => {
    expect(smtpFamily(line, 'send')).toMatchObject({ rung: 'family', owner, retry: 'no', items: [item] });
  });

  it('blames no credential that has been accepted', () => {
    expect(imapFamily('1 NO [EXPIRED] x', 'authenticate')?.owner).toBe('ece-administrator');
    expect(imapFamily('1 NO [EXPIRED] x', 'open-mailbox')?.owner).toBe('exchange');
    expect(pop3Family('-ERR [AUTH] x', 'authenticate')?.owner).toBe('ece-administrator');
    expect(pop3Family('-ERR [AUTH] x', 'open-mailbox')?.owner).toBe('exchange');
    expect(imapFamily('1 NO [NOPERM] x', 'open-mailbox')?.owner).toBe('exchange');
  });

  it('is no property that every object has', () => {
    expect(imapFamily('1 NO [CONSTRUCTOR] x', 'authenticate')).toBeNull();
    expect(pop3Family('-ERR [TOSTRING] x', 'authenticate')).toBeNull();
  });
});

describe('the codes of an answer', () => {
  it('are read from the line as it came', () => {
    expect(readSmtpReply('550-5.7.30 x')).toEqual({
      code: 550,
      status: { class: 5, subject: 7, detail: 30 },
    });
    expect(readSmtpReply('5.1.10: x')).toEqual({ code: null, status: { class: 5, subject: 1, detail: 10 } });
    expect(readSmtpReply('550 x 5.7.1')).toEqual({ code: 550, status: null });
    expect(
      ['1 no [limit] x', '* BYE [UNAVAILABLE]', '-ERR [SYS/TEMP] x', '-ERR x [AUTH]', '1 OK [ALERT] x'].map(
        responseCodeOf,
      ),
    ).toEqual(['LIMIT', 'UNAVAILABLE', 'SYS/TEMP', null, null]);
  });
});

describe('a number of Entra ID whose beginning stands for one subject', () => {
  it('is told by it before its words, and one whose beginning stands for several by its words', () => {
    const cause = (number: number, text: string) => aadstsAnswer(number, text)?.row.cause;
    expect(cause(530_099, 'The user must consent to the terms.')).toBe('token.policy');
    expect(cause(650_099, 'A conditional access policy.')).toBe('token.consent');
    expect(cause(500_399, 'The user must consent to the terms.')).toBe('token.consent');
    expect(cause(700_399, 'The client secret is not right.')).toBe('token.secret');
    expect(aadstsAnswer(999, 'Words of tomorrow.')).toBeNull();
  });

  it.each([
    'The reply uri specified in the request is not using a secure scheme.',
    'The reply URL is not one of those that are registered.',
    'The return URL must not hold a fragment.',
    'The redirect URL is longer than 2048 characters.',
    'No redirect_uri was given.',
  ])('is of the redirect URI by whichever name the text has for it: %s', (text) => {
    for (const number of [500_117, 500_198, 900_499, 700_398, 999_999])
      expect(aadstsAnswer(number, text)?.row).toMatchObject({ cause: 'token.redirect', items: ['C3'] });
  });
});

describe('an enhanced status code that says enough by itself', () => {
  it('has a source, and says the same with text of any language', () => {
    for (const [code, { source, meaning, owner }] of Object.entries(SMTP_CODES)) {
      expect(source.length).toBeGreaterThan(1);
      for (const text of ['', ' Nein', ' 拒否されました。'])
        expect([
          code,
          mailAnswer({ protocol: 'smtp', phase: 'send', line: `550 ${code}${text}` }),
        ]).toMatchObject([code, { meaning, owner }]);
    }
  });

  it.each(['5.7.124', '5.7.129', '5.7.13', '5.7.133', '5.7.134', '5.7.135', '5.7.136'])(
    '%s is about who may send to a recipient, and no right to send as somebody',
    (code) => {
      const answer = mailAnswer({ protocol: 'smtp', phase: 'send', line: `550 ${code} Nein` });
      expect(answer).toMatchObject({ rung: 'code', owner: 'exchange', items: ['C8'], retry: 'no' });
      expect(answer?.meaning.en).toMatch(/^The recipient /);
      expect(answer).not.toHaveProperty('denies');
      expect(answer).not.toHaveProperty('source');
    },
  );
});
