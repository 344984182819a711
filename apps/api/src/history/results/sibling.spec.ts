import type { Role } from '@mailpath/protocol';
import { expect, it } from 'vitest';
import { type Seen, siblingOf } from './sibling.ts';

const PLACE = { check: 'imap.tls', target: 'imap', host: 'outlook.office365.com', port: 993 };
const server = (id: string, ...roles: Role[]) => ({ id, name: `${id}.example.com`, roles });
const at = (serverId: string, changes: Partial<Seen> = {}): Seen => ({
  ...PLACE,
  serverId,
  outcome: 'pass',
  resultId: `${serverId} ${changes.check ?? PLACE.check}`,
  isFresh: true,
  ...changes,
});
const elsewhere = (serverId: string, check: string) => at(serverId, { check, outcome: 'fail' });
const chosen = (servers: ReturnType<typeof server>[], seen: Seen[]) =>
  siblingOf({ ...PLACE, serverId: 'a' }, servers, seen)?.serverId ?? null;

const A = server('a', 'application');

it('is the one that passes there and fails least elsewhere; of equal ones the first by name', () => {
  const servers = [A, server('d', 'application'), server('c', 'application'), server('b', 'application')];
  expect(chosen(servers, [at('b'), at('c'), at('d')])).toBe('b');
  expect(chosen(servers, [at('b'), elsewhere('b', 'https.sign-in'), at('c'), at('d')])).toBe('c');
});

it.each([
  ['of another role', server('b', 'services'), at('b')],
  ['that fails there', server('b', 'application'), at('b', { outcome: 'fail' })],
  ['that passes with a warning', server('b', 'application'), at('b', { outcome: 'warn' })],
  ['whose result is old', server('b', 'application'), at('b', { isFresh: false })],
  ['that was aimed elsewhere', server('b', 'application'), at('b', { port: 1_993 })],
  ['that was asked something else', server('b', 'application'), at('b', { check: 'pop3.tls' })],
])('is none %s', (_, other, seen) => {
  expect(chosen([A, other], [seen])).toBeNull();
});

it('is none for a server alone, or for one that is not there any more', () => {
  expect(chosen([A], [at('a')])).toBeNull();
  expect(chosen([server('b', 'application')], [at('b')])).toBeNull();
});
