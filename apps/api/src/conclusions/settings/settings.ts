import { AUTHORIZE_URL_MAX } from '@mailpath/diagnosis';
import { Cloud, SettingVerdict } from '@mailpath/protocol';
import { z } from 'zod';
import { authorizeUrlForm } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

/** Every setting of a site, judged. */
export const Settings = z.object({ verdicts: z.array(SettingVerdict) }).meta({ id: 'Settings' });
export type Settings = z.infer<typeof Settings>;

const url = said(authorizeUrlForm({ most: AUTHORIZE_URL_MAX }));

/** Body of `POST /v1/sites/{siteId}/authorize-url`. */
export const PastedAuthorizeUrl = z
  .strictObject({
    url: z.string(url).min(1, url).max(AUTHORIZE_URL_MAX, url),
    apply: z
      .boolean()
      .default(false)
      .describe('Set tenant, client id, redirect URI and cloud of the site by it.'),
  })
  .meta({ id: 'PastedAuthorizeUrl' });
export type PastedAuthorizeUrl = z.infer<typeof PastedAuthorizeUrl>;

/**
 * What an authorize URL says of the settings; `state`, `nonce` and `code_challenge` are of one sign-in, and are
 * dropped.
 */
export const AuthorizeUrlParts = z
  .object({
    host: z.string(),
    clouds: z.array(Cloud),
    tenant: z.string(),
    endpoint: z.enum(['v1', 'v2']),
    clientId: z.string(),
    redirectUri: z.string().nullable(),
    responseType: z.string().nullable(),
    scopes: z.array(z.string()),
    resource: z.string().nullable(),
    prompt: z.string().nullable(),
    loginHint: z.string().nullable(),
  })
  .meta({ id: 'AuthorizeUrlParts' });

/** An authorize URL, taken apart and judged against the site as it is now. */
export const AuthorizeUrlReading = z
  .object({ parts: AuthorizeUrlParts, verdicts: z.array(SettingVerdict), applied: z.boolean() })
  .meta({ id: 'AuthorizeUrlReading' });
export type AuthorizeUrlReading = z.infer<typeof AuthorizeUrlReading>;
