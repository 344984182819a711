import type { Grant, Lease } from '@mailpath/protocol';
import type { Site } from '../sites/site.ts';
import { applicationScopes, delegatedScopes } from './mail-scopes.ts';

/** The lease of a site that has a tenant and a client id. */
export function leaseOf(
  site: Site,
  given: { id: string; expiresAt: Date; userName: string; clientSecret: string | null; grant: Grant },
): Lease {
  const { tenant, clientId } = site;
  if (tenant === null || clientId === null)
    throw new Error(`site ${site.id} has lost its tenant or client id since this order was planned`);
  const { id, userName, clientSecret, grant } = given;
  return {
    id,
    expiresAt: given.expiresAt.toISOString(),
    userName,
    tenant,
    clientId,
    clientSecret,
    scopes: grant.kind === 'client-credentials' ? applicationScopes(site) : delegatedScopes(site),
    grant,
  };
}
