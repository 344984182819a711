import { describe, expect, it } from 'vitest';
import { verdicts } from '../testing/checklist-cases.ts';
import { findingOn, healthySite, withoutResults } from '../testing/checklist.ts';
import { mailboxWith } from '../testing/settings.ts';
import { checklist } from './checklist.ts';
import { ITEMS } from './items.ts';

describe('an open finding', () => {
  it.each(ITEMS.map(({ item, kind }) => [item, kind] as const))('of %s breaks it on its %s', (item, kind) => {
    const entries = checklist(healthySite({ findings: [findingOn(item)] }));
    const broken = entries.filter(({ verdict }) => verdict === 'broken');
    const name = { site: 'Tokyo', server: 'svc01', mailbox: 'sales@example.com' }[kind];
    expect(broken).toMatchObject([
      {
        item,
        subject: { kind, name },
        sentence: `${item} was seen to be broken.`,
        nextStep: `Fix ${item}.`,
        findings: [`rule of ${item}`],
        evidence: [{ server: 'svc01', check: 'imap.mailbox', target: 'sales' }],
      },
    ]);
  });

  it.each<[string, Parameters<typeof findingOn>[1]]>([
    ['of a throttled result', { code: 'throttled' }],
    ['of a fault of Mailpath', { code: 'internal' }],
    ['that is only possible', { confidence: 'possible' }],
    ['that informs', { severity: 'info' }],
    ['that is first of another item', { checklistItem: 'C7', items: ['C7', 'C9'] }],
  ])('%s breaks nothing and is named', (_, changes) => {
    const entries = checklist(
      healthySite({
        findings: [
          findingOn('C9', { ...changes, scope: { kind: 'server', servers: ['svc01'], checks: [] } }),
        ],
      }),
    );
    expect(entries.filter(({ verdict }) => verdict === 'broken')).toEqual([]);
    expect(entries.find(({ item }) => item === 'C9')?.findings).toEqual(['rule of C9']);
  });

  it('on a user is one on every mailbox that the user signs in for, and on no other', () => {
    const mailboxes = ['sales', 'support', 'other'].map((name) =>
      mailboxWith({
        name,
        address: `${name}@example.com`,
        userName: name === 'other' ? 'other@example.com' : 'ece@example.com',
      }),
    );
    const finding = findingOn('C5', {
      scope: { kind: 'server', servers: ['svc01'], mailbox: 'ECE@example.com', checks: [] },
    });
    const input = { ...withoutResults(), mailboxes, findings: [finding] };
    expect(verdicts(input, 'C5')).toBe(
      'sales@example.com broken, support@example.com broken, other@example.com cannot-tell',
    );
  });
});
