import type { Directory, Tenant } from '../directory.ts';
import { EntraError, isGuid } from './entra-error.ts';

/** Names of Entra ID that are not tenants. */
const SHARED = ['common', 'organizations', 'consumers'];

export const isShared = (segment: string): boolean => SHARED.includes(segment.toLowerCase());

const DOMAIN = /^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/** The tenant that the first part of the path names, by id or by domain. */
export function tenantOf({ tenant }: Directory, segment: string): Tenant {
  const name = segment.toLowerCase();
  if (name === tenant.id.toLowerCase() || name === tenant.domain.toLowerCase()) return tenant;
  if (isGuid(segment) || DOMAIN.test(segment)) {
    throw new EntraError(90002, {
      text: `Tenant '${segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
    });
  }
  throw new EntraError(900023, {
    text: `Specified tenant identifier '${segment}' is neither a valid DNS name, nor a valid external domain.`,
  });
}

/**
 * The tenant of a sign-in. The applications here are of one tenant, so the shared names are refused as Entra ID does
 * it.
 */
export function tenantOfSignIn(directory: Directory, segment: string): Tenant {
  if (segment.toLowerCase() === 'consumers') throw new EntraError(9002332);
  if (isShared(segment)) throw new EntraError(50194);
  return tenantOf(directory, segment);
}

export const SIGN_IN_ORIGIN = 'https://login.microsoftonline.com';

/** Hosts that Microsoft calls one cloud (AuthorityMetadata of MSAL). */
export const SIGN_IN_HOSTS: readonly string[] = [
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
];

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]{1,253})(:\d{1,5})?$/i;

/** Where the caller reached us, such as `https://127.0.0.11:8443`; the endpoints that it is told are there. */
export function originOf(host: string | undefined): string {
  return host !== undefined && HOST.test(host) ? `https://${host.toLowerCase()}` : SIGN_IN_ORIGIN;
}

/** Microsoft's own names have one issuer; any other host is its own, since a client compares the two. */
export function issuerOf(host: string | undefined, tenant: string): string {
  const origin = originOf(host);
  const known = SIGN_IN_HOSTS.includes(new URL(origin).hostname);
  return `${known ? SIGN_IN_ORIGIN : origin}/${tenant}/v2.0`;
}
