import { z } from 'zod';
import { secretBlanks, secretDay, secretId, secretLong, secretShort } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const day = said(secretDay());

/** Body of `PUT /v1/sites/{siteId}/client-secret`. */
export const ClientSecretSetting = z
  .strictObject({
    secret: z
      .string()
      .min(8, said(secretShort()))
      .max(1024, said(secretLong()))
      .regex(/^[\x21-\x7e]+$/, said(secretBlanks()))
      .refine((text) => !GUID.test(text), {
        ...said(secretId()),
      }),
    expiresOn: z.iso
      .date(day)
      // Postgres has no year 0.
      .refine((text) => !text.startsWith('0000'), day)
      .nullable()
      .default(null),
  })
  .meta({ id: 'ClientSecretSetting' });
export type ClientSecretSetting = z.infer<typeof ClientSecretSetting>;

/** What is told of the client secret; never the value. */
export const ClientSecretFacts = z
  .object({ setAt: z.iso.datetime(), expiresOn: z.iso.date().nullable() })
  .meta({ id: 'ClientSecretFacts' });
export type ClientSecretFacts = z.infer<typeof ClientSecretFacts>;
