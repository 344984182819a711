import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Moment, shownText } from '../../platform/fields.ts';
import { RoleWord } from './role.ts';
import { pageOf } from '../../platform/page.ts';

export const makeApiKey = (): string => `mpk_${randomBytes(32).toString('base64url')}`;

/** What is stored of a secret. A key has 256 random bits, so a slow hash would protect nothing more. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Body of `POST /v1/api-keys`. */
export const ApiKeyCreation = z
  .strictObject({
    name: shownText(100),
    role: RoleWord.default('administrator'),
    siteId: z.uuid().nullable().default(null),
    expiresAt: Moment.nullable().default(null),
  })
  .meta({ id: 'ApiKeyCreation' });
export type ApiKeyCreation = z.infer<typeof ApiKeyCreation>;

export const ApiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: RoleWord,
    siteId: z.uuid().nullable(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;

/** The only answer that holds the key itself. */
export const NewApiKey = ApiKey.extend({ key: z.string() }).meta({ id: 'NewApiKey' });
export type NewApiKey = z.infer<typeof NewApiKey>;

export const ApiKeyPage = pageOf('ApiKeyPage', ApiKey);
