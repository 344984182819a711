import { describe, expect, it } from 'vitest';
import type { Grant, Role } from '@mailpath/protocol';
import type { Site } from '../../estate/sites/site.ts';
import { leaseOf } from '../../work/orders/lease-of.ts';
import { lentTo } from './lent.ts';

const site = {
  id: 'site',
  cloud: 'worldwide',
  inboundProtocol: 'imap',
  tenant: 'contoso.onmicrosoft.com',
  clientId: '6731de76-14a6-49ae-97bc-6eba6914391e',
} as Site;

const GRANTS: { readonly [Kind in Grant['kind']]: Extract<Grant, { kind: Kind }> } = {
  'authorization-code': {
    kind: 'authorization-code',
    code: 'the-code',
    codeVerifier: 'the-verifier',
    redirectUri: 'https://ece.example.com/callback',
  },
  'device-code': { kind: 'device-code' },
  'refresh-token': { kind: 'refresh-token', refreshToken: 'the-refresh-token' },
  'access-token': {
    kind: 'access-token',
    accessToken: 'the-access-token',
    expiresAt: '2026-01-01T00:00:00.000Z',
  },
  'client-credentials': { kind: 'client-credentials' },
};
const SECRETS = ['the-code', 'the-verifier', 'the-secret', 'the-refresh-token', 'the-access-token'];

const lease = (roles: readonly Role[], kind: Grant['kind']) =>
  leaseOf(site, roles, {
    id: 'lease',
    expiresAt: new Date(0),
    userName: 'sales@example.com',
    grant: GRANTS[kind],
    proof: () => Promise.resolve({ clientSecret: 'the-secret', clientAssertion: null }),
  });

const APPLICATION: Record<Grant['kind'], readonly string[] | null> = {
  'authorization-code': ['the-code', 'the-verifier', 'the-secret'],
  'device-code': [],
  'refresh-token': null,
  'access-token': ['the-access-token'],
  'client-credentials': null,
};
const SERVICES: Record<Grant['kind'], readonly string[] | null> = {
  'authorization-code': null,
  'device-code': null,
  'refresh-token': ['the-refresh-token', 'the-secret'],
  'access-token': null,
  'client-credentials': ['the-secret'],
};
const both = Object.fromEntries(
  Object.entries(APPLICATION).map(([kind, lent]) => [kind, lent ?? SERVICES[kind as Grant['kind']]]),
) as typeof APPLICATION;

const ALL = (
  [
    [['application'], APPLICATION],
    [['services'], SERVICES],
    [['application', 'services'], both],
    [['services', 'application'], both],
  ] as const
).flatMap(([roles, table]) =>
  (Object.keys(GRANTS) as Grant['kind'][]).map((kind) => [roles, kind, table[kind]] as const),
);

describe('what a server is lent', () => {
  it.each(ALL.filter(([, , lent]) => lent !== null))(
    'with the roles %j for %s is %j, and nothing else',
    async (roles, kind, lent) => {
      const text = JSON.stringify(await lease(roles, kind));
      const found = SECRETS.filter((secret) => text.includes(secret));
      expect(found.toSorted()).toEqual([...(lent ?? [])].toSorted());
      expect(lentTo(roles, kind)).toHaveLength(found.length);
    },
  );

  it.each(ALL.filter(([, , lent]) => lent === null))(
    'with the roles %j for %s is no order at all',
    async (roles, kind) => {
      expect(lentTo(roles, kind)).toBeNull();
      await expect(lease(roles, kind)).rejects.toThrow(`is lent no ${kind}`);
    },
  );
});
