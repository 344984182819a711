import { z } from 'zod';

/**
 * What the provider appends to the redirect URI (RFC 6749, section 4.1.2; RFC 9207). The library reads the query
 * itself: what is here are the bounds, and the state by which the sign-in is found.
 */
export const OpenIdCallback = z.object({
  state: z.string().max(200).optional(),
  code: z.string().max(8_192).optional(),
  error: z.string().max(200).optional(),
  error_description: z.string().max(8_192).optional(),
  iss: z.string().max(500).optional(),
});
export type OpenIdCallback = z.infer<typeof OpenIdCallback>;
