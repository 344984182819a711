import type { RoleRule } from '../../platform/openid-settings.ts';
import { ROLES, type Role } from '../../platform/needs.ts';
import type { ProvidedRoles } from '../access/openid-users.service.ts';
import { OpenIdRefusal } from './refusal.ts';

/** Who signed in, as a proven ID token says; every claim is text or lists of the provider's choice. */
export type Claims = Readonly<Record<string, unknown>>;

/** The most words of a claim that a refusal repeats. */
const SHOWN = 50;
const LONGEST = 100;

/**
 * Text of a claim as it may be shown and stored: one line, no characters that steer a terminal, hide or turn round
 * what stands beside them; null where nothing is left of it.
 */
export function plainText(claim: unknown): string | null {
  if (typeof claim !== 'string') return null;
  const plain = claim
    .slice(0, LONGEST * 4)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, ' ')
    .trim();
  return Array.from(plain).slice(0, LONGEST).join('').trim() || null;
}

/** The name under which a person is made: what one signs in with at the provider comes first. */
export const nameIn = (claims: Claims): string | null =>
  plainText(claims['preferred_username']) ?? plainText(claims['email']) ?? plainText(claims['name']);

const wordsIn = (claim: unknown): string[] =>
  Array.isArray(claim) ? claim.filter((each) => typeof each === 'string') : [];

/** Above a number of groups Entra names a place to ask for them instead (`_claim_names`, `hasgroups`). */
function hasMoreGroups(claims: Claims): boolean {
  const names = claims['_claim_names'];
  const elsewhere = typeof names === 'object' && names !== null && Object.hasOwn(names, 'groups');
  return elsewhere || claims['hasgroups'] === true || claims['hasgroups'] === 'true';
}

const higher = (one: Role | null, other: Role): Role =>
  one !== null && ROLES.indexOf(one) >= ROLES.indexOf(other) ? one : other;

/** What the rules give this person. Throws OpenIdRefusal where it is nothing, or cannot be told. */
export function rolesOf(claims: Claims, rules: readonly RoleRule[]): ProvidedRoles {
  // A part of the groups would give a part of the roles, and another one each time.
  if (rules.some(({ claim }) => claim === 'groups') && hasMoreGroups(claims))
    throw new OpenIdRefusal({ why: 'too-many-groups' });
  const has = { groups: wordsIn(claims['groups']), roles: wordsIn(claims['roles']) };
  const given = rules.filter(({ claim, value }) => has[claim].includes(value));
  if (given.length === 0) {
    const shown = (words: readonly string[]): string[] =>
      words.slice(0, SHOWN).flatMap((word) => plainText(word) ?? []);
    throw new OpenIdRefusal({ why: 'no-role', groups: shown(has.groups), appRoles: shown(has.roles) });
  }
  let role: Role | null = null;
  const sites = new Map<string, Role>();
  for (const rule of given)
    if (rule.siteId === null) role = higher(role, rule.role);
    else sites.set(rule.siteId, higher(sites.get(rule.siteId) ?? null, rule.role));
  return { role, sites: role === null ? sites : new Map() };
}
