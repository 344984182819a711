import { z } from 'zod';
import { shownText } from '../../platform/fields.ts';
import { pageOf } from '../../platform/page.ts';
import { RoleWord } from './role.ts';
import { Password, SiteRole } from './session.ts';
import { siteNamedTwice } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

const roles = {
  role: RoleWord.nullable().default(null),
  sites: z.array(SiteRole).max(1_000).default([]),
};
const oneRoleASite = (sites: readonly SiteRole[] | undefined): boolean =>
  new Set(sites?.map(({ siteId }) => siteId.toLowerCase())).size === (sites?.length ?? 0);
const TWICE = { path: ['sites'], ...said(siteNamedTwice()) };

/** Body of `POST /v1/users`. */
export const UserCreation = z
  .strictObject({ name: shownText(100), password: Password.optional(), ...roles })
  .refine(({ sites }) => oneRoleASite(sites), TWICE)
  .meta({ id: 'UserCreation' });
export type UserCreation = z.infer<typeof UserCreation>;

/** Body of `PATCH /v1/users/{userId}`; `sites` is replaced as a whole. */
export const UserChange = z
  .strictObject({
    name: shownText(100).optional(),
    password: Password.nullable().optional(),
    role: RoleWord.nullable().optional(),
    sites: z.array(SiteRole).max(1_000).optional(),
  })
  .refine(({ sites }) => oneRoleASite(sites), TWICE)
  .meta({ id: 'UserChange' });
export type UserChange = z.infer<typeof UserChange>;

export const OpenIdIdentity = z
  .object({ issuer: z.string(), subject: z.string() })
  .meta({ id: 'OpenIdIdentity' });

export const User = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: RoleWord.nullable(),
    sites: z.array(SiteRole),
    hasPassword: z.boolean(),
    openId: OpenIdIdentity.nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

export const UserPage = pageOf('UserPage', User);

/** The only answer that holds the code of a link. */
export const SignInLink = z
  .object({ code: z.string(), path: z.string(), expiresAt: z.iso.datetime() })
  .meta({ id: 'SignInLink' });
export type SignInLink = z.infer<typeof SignInLink>;
