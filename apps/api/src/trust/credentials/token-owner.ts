import { claimsOf } from '@mailpath/checks';
import type { TokenClaims } from '@mailpath/protocol';
import { z } from 'zod';

/** Whose tokens are expected. */
export interface Expected {
  userName: string;
  /** Of the site: an id, or a domain, which tells nothing of a token. */
  tenant: string | null;
  clientId: string | null;
  /** Who the user was when tokens of his were kept before; a name changes hands, an object id does not. */
  known: { oid: string; tid: string | null } | null;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const sameOrUntold = (a: string | null, b: string | null): boolean => a === null || b === null || same(a, b);

/**
 * What tokens say of themselves: what the agent has read in the id token, overruled by what can be read in the access
 * token itself. Neither is proven by a signature. They guard against a person who signs in as somebody else, and an
 * agent that would have to forge a token to pass for another user's gains nothing from it.
 */
export function toldBy(told: TokenClaims | undefined, accessToken: string): TokenClaims {
  const own = claimsOf(accessToken, null);
  if (!told) return own;
  const { user, userFrom } = own.user === null ? told : own;
  return {
    ...(own.opaque ? told : own),
    user,
    userFrom,
    opaque: own.opaque,
    tid: own.tid ?? told.tid,
    oid: own.oid ?? told.oid,
    appid: own.appid ?? told.appid,
    idtyp: own.idtyp ?? told.idtyp,
  };
}

/** What Entra ID calls an account of another tenant that was invited: no name that anybody signs in with. */
const isGuest = (user: string): boolean => user.toLowerCase().includes('#ext#@');

/** Why these are not the tokens of the expected user, in a sentence with the remedy; null when they are. Pure. */
export function notHis({ userName, known, ...site }: Expected, told: TokenClaims): string | null {
  const elsewhere = notOfSite(site, told);
  if (elsewhere) return elsewhere;
  if (told.idtyp === 'app') return 'The token is of the application itself, and of no user. Sign in again.';
  if (known) {
    // A name changes hands: with an object id on record, a token without one proves nothing.
    if (told.oid === null || (known.tid !== null && told.tid === null))
      return `The token does not say of which account it is (object id and tenant), and ${userName} is known by them (object id ${known.oid}). Sign in again; if that happens again, see that the application may ask for openid and profile.`;
    if (same(told.oid, known.oid) && sameOrUntold(told.tid, known.tid)) return null;
    return `The token is of another account than the one that signed in as ${userName} before (object id ${told.oid}, not ${known.oid}). Sign in as that account; if the account was made anew, forget the old sign-in with DELETE /v1/sites/{siteId}/credentials/${userName} first.`;
  }
  if (told.user === null)
    return `The token does not say whose it is, so it cannot be kept for ${userName}. Sign in again; if that happens again, see that the application may ask for openid and profile.`;
  if (same(told.user, userName)) return null;
  if (isGuest(told.user))
    return `${told.user} signed in: a guest, whose account is of another tenant and opens no mailbox here. ${userName} is expected: sign in as ${userName} in a private window.`;
  return `${told.user} signed in, and ${userName} is expected. Sign in as ${userName} in a private window; if ${told.user} is its sign-in name, enter that as userName of the mailbox.`;
}

/** The same for a token of the application itself. */
export function notTheApplications(
  site: Pick<Expected, 'tenant' | 'clientId'>,
  told: TokenClaims,
): string | null {
  const elsewhere = notOfSite(site, told);
  if (elsewhere) return elsewhere;
  const users = told.idtyp === 'user' || told.user !== null || told.scp !== null;
  return users ? 'The token is of a user, and not of the application itself.' : null;
}

function notOfSite({ tenant, clientId }: Pick<Expected, 'tenant' | 'clientId'>, told: TokenClaims) {
  const tenantId = z.guid().safeParse(tenant).data ?? null;
  if (!sameOrUntold(told.tid, tenantId))
    return `The token is of the tenant ${told.tid}, and the site has ${tenantId}. Sign in with an account of that tenant, or set the field tenant of the site.`;
  if (!sameOrUntold(told.appid, clientId))
    return `The token was made for the application ${told.appid}, and the site has ${clientId}. Set the field clientId of the site, and sign in again.`;
  return null;
}
