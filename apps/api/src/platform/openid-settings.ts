import { z } from 'zod';
import { ROLES, type Role } from './needs.ts';
import { unlessEmpty } from './unless-empty.ts';

/** What the provider says of a person, and what that person may do here for it. */
export interface RoleRule {
  /** The claim of the ID token in which `value` is looked for. */
  readonly claim: 'groups' | 'roles';
  readonly value: string;
  readonly role: Role;
  /** The one site at which it holds; null for all of them, and for what belongs to none. */
  readonly siteId: string | null;
}

const issuer =
  'write the issuer as its discovery document has it, such as https://login.microsoftonline.com/TENANT-ID/v2.0: https, or http for localhost alone, and of one tenant, not common or organizations';
const clientId = 'write the application (client) id, 1 to 200 visible characters';
const clientSecret = 'write the value of the client secret, 1 to 1000 visible characters';
const mapping =
  'write who may do what, with commas between: group:ID=ROLE or app-role:VALUE=ROLE, with @SITE-ID behind ROLE for one site; ROLE is viewer, operator or administrator';

/** Tenants whose tokens anybody with an account at Microsoft has. */
const OF_ANYBODY = /^\/(?:common|organizations|consumers)(?:\/|$)/i;

function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, username, password, search, hash } = new URL(text);
  const secure = protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost');
  return (
    secure && !OF_ANYBODY.test(pathname) && [username, password, search, hash].every((part) => part === '')
  );
}

const CLAIMS = { group: 'groups', 'app-role': 'roles' } as const;

/** One `group:ID=ROLE@SITE-ID`; null where it is none. The last `=` counts: names of groups may hold one. */
function readRule(text: string): RoleRule | null {
  const [colon, equals] = [text.indexOf(':'), text.lastIndexOf('=')];
  if (colon < 0 || equals < colon) return null;
  const kind = text.slice(0, colon);
  const value = text.slice(colon + 1, equals).trim();
  const [role = '', siteId = null, ...rest] = text.slice(equals + 1).split('@');
  const isSite = siteId === null || z.uuid().safeParse(siteId.trim()).success;
  if (!Object.hasOwn(CLAIMS, kind) || value === '' || !isSite || rest.length > 0) return null;
  const known = ROLES.find((each) => each === role.trim());
  if (known === undefined) return null;
  const claim = CLAIMS[kind as keyof typeof CLAIMS];
  return { claim, value, role: known, siteId: siteId?.trim().toLowerCase() ?? null };
}

const visible = (most: number, remedy: string) =>
  unlessEmpty(
    z
      .string()
      .max(most, remedy)
      .regex(/^[\x21-\x7e]+$/, remedy)
      .optional(),
  );

/** Sign-in of people by OpenID Connect: all of these are set, or none. */
export const OPENID_SETTINGS = {
  MAILPATH_OPENID_ISSUER: unlessEmpty(z.string().max(500, issuer).refine(isIssuer, issuer).optional()),
  MAILPATH_OPENID_CLIENT_ID: visible(200, clientId),
  MAILPATH_OPENID_CLIENT_SECRET: visible(1_000, clientSecret),
  MAILPATH_OPENID_ROLES: unlessEmpty(
    z
      .string()
      .max(20_000, mapping)
      .transform((text) =>
        text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== '')
          .map(readRule),
      )
      .refine((rules) => rules.length > 0 && rules.every((rule) => rule !== null), mapping)
      .transform((rules): readonly RoleRule[] => rules.filter((rule) => rule !== null))
      .optional(),
  ),
};
const NAMES = Object.keys(OPENID_SETTINGS) as (keyof typeof OPENID_SETTINGS)[];

/** What is missing beside what is set; the redirect URI is made of MAILPATH_PUBLIC_URL. */
export function missingOfOpenId(set: Readonly<Record<string, unknown>>): string[] {
  if (NAMES.every((name) => set[name] === undefined)) return [];
  return [...NAMES, 'MAILPATH_PUBLIC_URL']
    .filter((name) => set[name] === undefined)
    .map((name) => `${name}: write it as well, sign-in by OpenID Connect needs it`);
}
