import { TargetName } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { mailboxSlug, userSlug } from './slug.ts';

const none = new Set<string>();
const odd = [
  'sales@example.com',
  '日本@例え.jp',
  `${'x'.repeat(200)}@${'y'.repeat(100)}`,
  '---@---',
  '!#$%@-',
  "o'brien+tag@sub.example.com",
];

describe('the name of a mailbox', () => {
  it('is what stands before the @', () => {
    expect(mailboxSlug('sales.emea@example.com', none)).toBe('sales-emea');
  });

  it('is the whole address where that is taken, and numbered where even this is', () => {
    expect(mailboxSlug('sales@example.com', new Set(['sales']))).toBe('sales-at-example-com');
    expect(mailboxSlug('sales@example.com', new Set(['sales', 'sales-at-example-com']))).toBe(
      'sales-at-example-com-2',
    );
  });

  it.each(odd)('is a target name for %s', (address) => {
    const taken = new Set<string>();
    for (let i = 0; i < 12; i += 1) {
      const name = TargetName.parse(mailboxSlug(address, taken));
      expect(taken.has(name)).toBe(false);
      taken.add(name);
    }
  });
});

describe('the name of a user', () => {
  it.each(odd)('is a target name for %s, and the same each time', (address) => {
    expect(TargetName.parse(userSlug(address))).toBe(userSlug(address));
  });

  it('is different for different users', () => {
    const users = [
      'a.b@x.com',
      'a-b@x.com',
      'a_b@x.com',
      'a@b.x.com',
      'a.at.b@x.com',
      'a@b.at.x.com',
      'a.b@x-com',
    ];
    expect(new Set(users.map(userSlug)).size).toBe(users.length);
  });
});
