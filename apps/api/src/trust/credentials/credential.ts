import { TokenClaims } from '@mailpath/protocol';
import { z } from 'zod';
import { pageOf } from '../../platform/page.ts';

/** Facts about one user's sign-in; the tokens themselves are never shown. */
export const CredentialFacts = z
  .object({
    userName: z.string(),
    /** Without one, the sign-in ends with its access token: `offline_access` was not granted. */
    hasRefreshToken: z.boolean(),
    accessTokenExpiresAt: z.iso.datetime(),
    /** What the newest token says of itself; null until a result has told. */
    claims: TokenClaims.nullable(),
    obtainedAt: z.iso.datetime(),
    obtainedBy: z.uuid(),
    refreshedAt: z.iso.datetime().nullable(),
    refreshedBy: z.uuid().nullable(),
  })
  .meta({ id: 'CredentialFacts' });
export type CredentialFacts = z.infer<typeof CredentialFacts>;

export const CredentialPage = pageOf('CredentialPage', CredentialFacts);
