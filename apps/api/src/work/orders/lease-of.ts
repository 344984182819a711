import type { Grant, Lease, Role } from '@mailpath/protocol';
import type { Site } from '../../estate/sites/site.ts';
import { lentTo } from '../../trust/lending/lent.ts';
import { applicationScopes, delegatedScopes } from '../../fleet/tasks/mail-scopes.ts';

/** By what the client proves itself: one of the two, or neither. */
export type ClientProof = Pick<Lease, 'clientSecret' | 'clientAssertion'>;
export const NO_PROOF: ClientProof = { clientSecret: null, clientAssertion: null };

/** What a lease is made of; the client secret is opened, and an assertion signed, only for whoever is lent it. */
export interface Given {
  id: string;
  expiresAt: Date;
  userName: string;
  grant: Grant;
  proof(): Promise<ClientProof>;
}

/**
 * The lease of a site that has a tenant and a client id, for a server with these roles. Throws for what its roles are
 * never lent.
 */
export async function leaseOf(site: Site, roles: readonly Role[], given: Given): Promise<Lease> {
  const { tenant, clientId } = site;
  if (tenant === null || clientId === null)
    throw new Error(`site ${site.id} has lost its tenant or client id since this order was planned`);
  const { id, userName, grant } = given;
  const lent = lentTo(roles, grant.kind);
  if (lent === null) throw new Error(`a server with the roles ${roles.join(', ')} is lent no ${grant.kind}`);
  return {
    id,
    expiresAt: given.expiresAt.toISOString(),
    userName,
    tenant,
    clientId,
    ...(lent.includes('client-secret') ? await given.proof() : NO_PROOF),
    scopes: grant.kind === 'client-credentials' ? applicationScopes(site) : delegatedScopes(site),
    grant,
  };
}
