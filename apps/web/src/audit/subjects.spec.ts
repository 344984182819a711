import { expect, it } from 'vitest';
import { subjectsOf } from './subjects.ts';

const told = (subject: Record<string, string>) => subjectsOf(subject).map(({ kind, id }) => `${kind} ${id}`);

it('an entry of the audit log names what it is about, the largest first, each once', () => {
  expect(told({ serverId: 's1', siteId: 'x' })).toEqual(['site x', 'server s1']);
  expect(told({ siteId: 'x', created: '/v1/sites/x/servers/s1' })).toEqual(['site x', 'server s1']);
  expect(told({ siteId: 'x', serverId: 's1', created: '/v1/sites/x/servers/s1' })).toEqual([
    'site x',
    'server s1',
  ]);
  expect(told({ created: '/v1/sites/x/sign-ins/n1' })).toEqual(['site x', 'sign-in n1']);
  expect(told({ userId: 'u', linkId: 'l', created: '/v1/unknown/z' })).toEqual(['user u']);
});
