import { z } from 'zod';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const day = 'write the day as 2027-05-31, as Entra shows it beside the secret';

/** Body of `PUT /v1/sites/{siteId}/client-secret`. */
export const ClientSecretSetting = z
  .strictObject({
    secret: z
      .string()
      .min(8, 'write the value of the client secret; it has some 40 characters')
      .max(1024, 'write the value of the client secret alone; it has some 40 characters')
      .regex(/^[\x21-\x7e]+$/, 'write the value of the client secret alone, without blanks or line ends')
      .refine((text) => !GUID.test(text), {
        error:
          'this is the id of a secret, with which Entra answers AADSTS7000215; write the value, which Entra shows only once, when the secret is made',
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
