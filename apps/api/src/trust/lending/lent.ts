import type { Grant, Role } from '@mailpath/protocol';
import { z } from 'zod';

/** What an order may lend that opens something. */
export const Lent = z.enum([
  'code',
  'code-verifier',
  'client-secret',
  'client-assertion',
  'refresh-token',
  'access-token',
]);
export type Lent = z.infer<typeof Lent>;

/**
 * What a server is lent for one kind of order, by its role; null where a server of that role is never sent such an
 * order. Each line is what the token request of RFC 6749 cannot do without, and nothing more:
 *
 * - An application server redeems the code as ECE's does (S47), for which a confidential client proves itself by its
 *   secret (section 4.1.3). It is never lent what would obtain a token without a person: no refresh token, and no
 *   secret for the application's own.
 *   Where the site has a certificate, an assertion stands in place of the secret (RFC 7521, section 4.2).
 * - A device code is given to public clients only (RFC 8628, section 3.1), which have no secret.
 * - A services server refreshes (S48, section 6) or obtains the application's own token (section 4.4). What it obtains
 *   is what an application server sends with (S50).
 */
export const LENT: Readonly<Record<Role, Readonly<Record<Grant['kind'], readonly Lent[] | null>>>> = {
  application: {
    'authorization-code': ['code', 'code-verifier', 'client-secret'],
    'device-code': [],
    'refresh-token': null,
    'access-token': ['access-token'],
    'client-credentials': null,
  },
  services: {
    'authorization-code': null,
    'device-code': null,
    'refresh-token': ['refresh-token', 'client-secret'],
    'access-token': null,
    'client-credentials': ['client-secret'],
  },
};

/** What a server with these roles is lent; null when none of its roles is sent such an order. */
export function lentTo(roles: readonly Role[], kind: Grant['kind']): readonly Lent[] | null {
  return roles.map((role) => LENT[role][kind]).find((lent) => lent !== null) ?? null;
}
