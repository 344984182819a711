import { describe, expect, it } from 'vitest';
import { mailAnswer } from './mail-answer.ts';
import { SMTP_RANGES } from './smtp-ranges.ts';

const told = (line: string) => mailAnswer({ protocol: 'smtp', phase: 'send', line });

/** 5.7.705, 708 and 750 have rows of their own. */
const hasRow = (detail: number): boolean => [705, 708, 750].includes(detail);

describe('a span of status codes', () => {
  it.each([
    ['550 5.7.606 Access denied, banned sending IP [192.0.2.1]', 'exchange', /public address that asks/],
    ['550 5.7.649', 'exchange', /public address that asks/],
    ['550 5.7.620 Zugriff verweigert, gesperrte IP', 'exchange', /public address that asks/],
    ['550 5.7.511 Access denied, banned sender [192.0.2.1]', 'exchange', /public address that asks/],
    ['550 5.7.508 Access denied, has exceeded permitted limits', 'exchange', /limit on sending/],
    ['550 5.7.504 Recipient address rejected: Access denied', 'exchange', /recipient’s address is not valid/],
    ['550 5.7.505 Access denied, banned recipient', 'exchange', /recipient’s address is not valid/],
    ['550 5.7.507 Access denied, rejected by recipient', 'exchange', /recipient’s organization/],
    ['550 5.7.513 Service unavailable, Client host blocked', 'exchange', /recipient’s organization/],
    ['550 5.7.510 does not accept email over IPv6', 'exchange', /recipient accepts no mail over IPv6/],
    ['550 5.7.703 Your message can’t be delivered', 'exchange', /Tenant Allow\/Block List/],
    ['550 5.7.700 No', 'exchange', /blocked from sending/],
    ['550 5.7.749 No', 'exchange', /blocked from sending/],
    ['451 4.7.850 Access denied, please try again later', 'exchange', /throttles the public address/],
    ['4.7.899 Später', 'exchange', /throttles the public address/],
    ['550 5.2.121 No', 'exchange', /limit on sending/],
    ['550 5.2.122 No', 'exchange', /limit on sending/],
  ] as const)('says one thing with any text: %s', (line, owner, meaning) => {
    const answer = told(line);
    expect(answer).toMatchObject({ rung: 'code', owner });
    expect(answer?.meaning.en).toMatch(meaning);
    expect(answer).not.toHaveProperty('source');
  });

  it.each(['550 5.7.605 No', '550 5.7.650 No', '550 5.7.751 No', '550 5.7.699 No', '550 5.2.123 No'])(
    'ends where Microsoft’s list does: %s',
    (line) => {
      expect(told(line)?.rung).toBe('family');
    },
  );

  it('is hidden by no wider one before it, and each has a source', () => {
    for (const [
      index,
      {
        class: kind,
        subject,
        details: [from, to],
        source,
        meaning,
      },
    ] of SMTP_RANGES.entries()) {
      expect(source.length).toBeGreaterThan(1);
      expect(from).toBeLessThanOrEqual(to);
      const before = SMTP_RANGES.slice(0, index).filter(
        (each) =>
          each.class === kind && each.subject === subject && each.details[0] <= from && to <= each.details[1],
      );
      const isInside = (detail: number) =>
        SMTP_RANGES.slice(0, index).some(
          (each) =>
            each.class === kind &&
            each.subject === subject &&
            each.details[0] <= detail &&
            detail <= each.details[1],
        );
      expect(before).toEqual([]);
      const ends = [from, to].filter((each) => !isInside(each) && !hasRow(each));
      for (const detail of ends)
        expect(told(`${kind}50 ${kind}.${subject}.${detail}`)?.meaning).toEqual(meaning);
    }
  });
});
