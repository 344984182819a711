import { describe, expect, it } from 'vitest';
import { english, mailboxWith, seen } from '../testing/settings.ts';
import { judgeLicence } from './licence.ts';

describe('the licence of a mailbox', () => {
  it.each<[string | null, 'opened' | 'not opened', string]>([
    [null, 'not opened', 'cannot-tell'],
    [null, 'opened', 'cannot-tell'],
    ['Office 365 E3', 'not opened', 'holds'],
    ['Microsoft 365 E5', 'not opened', 'holds'],
    ['SPE_E3', 'not opened', 'holds'],
    ['ENTERPRISEPACK', 'not opened', 'holds'],
    ['Microsoft 365 G3', 'not opened', 'cannot-tell'],
    ['Something new', 'not opened', 'cannot-tell'],
    ['Office 365 E1', 'not opened', 'broken'],
    ['Exchange Online (Plan 1)', 'not opened', 'broken'],
    ['Microsoft 365 Business Basic', 'not opened', 'broken'],
    ['F3', 'not opened', 'broken'],
    ['none', 'not opened', 'broken'],
    ['Office 365 E1', 'opened', 'cannot-tell'],
  ])('%s, %s by a server: %s', (licence, opened, verdict) => {
    const results = opened === 'opened' ? [seen('imap.mailbox')] : [];
    const judged = judgeLicence(mailboxWith({ licence }), results);
    expect(judged).toMatchObject({ item: 'C7', subject: 'sales@example.com', verdict, statements: ['S37'] });
  });

  it('gives the deviation with its source', () => {
    const judged = judgeLicence(mailboxWith({ licence: 'E1' }), []);
    expect(english(judged.nextStep)).toContain("Cisco's checklist asks for E3");
    expect(english(judged.nextStep)).toContain('Microsoft itself asks for a licensed mailbox');
  });
});
