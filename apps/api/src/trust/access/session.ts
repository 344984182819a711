import { z } from 'zod';
import { RoleWord } from './role.ts';
import { freeText } from '../../platform/fields.ts';
import { oneSignIn, passwordLong, passwordShort, passwordText } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

export const SiteRole = z.strictObject({ siteId: z.uuid(), role: RoleWord }).meta({ id: 'SiteRole' });
export type SiteRole = z.infer<typeof SiteRole>;

/** No shorter one resists somebody who has the hash. */
export const Password = z
  .string(said(passwordText()))
  .min(12, said(passwordShort()))
  .max(200, said(passwordLong()));

/** Who a session or a key is of, and what it may do. */
export const Session = z
  .object({
    kind: z.enum(['user', 'api-key']),
    id: z.uuid(),
    name: z.string(),
    role: RoleWord.nullable(),
    sites: z.array(SiteRole),
    expiresAt: z.iso.datetime().nullable(),
    openId: z.boolean(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

/** Body of `POST /v1/session`: exactly one of the three. */
export const SessionOpening = z
  .strictObject({
    key: z.string().max(100).optional(),
    link: z.string().max(100).optional(),
    name: freeText(100).optional(),
    password: z.string().max(1_000).optional(),
  })
  .refine(
    ({ key, link, name, password }) =>
      [key !== undefined, link !== undefined, name !== undefined && password !== undefined].filter(Boolean)
        .length === 1 && (name === undefined) === (password === undefined),
    said(oneSignIn()),
  )
  .meta({ id: 'SessionOpening' });
export type SessionOpening = z.infer<typeof SessionOpening>;

/** Body of `PUT /v1/session/password`. */
export const PasswordChange = z
  .strictObject({ present: z.string().max(1_000).nullable(), next: Password })
  .meta({ id: 'PasswordChange' });
export type PasswordChange = z.infer<typeof PasswordChange>;
