import { z } from 'zod';
import { EnteredAddress } from '../../estate/mailboxes/mailbox.ts';
import { pageOf } from '../../platform/page.ts';
import type { SignInEntity } from './sign-in.entity.ts';
import { endAddressAlone, endAddressForm, redirectUriForm } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

/** `browser`: authorization code with PKCE, as ECE does it; `device-code`: a code to type in any browser (RFC 8628). */
export const SignInFlow = z.enum(['browser', 'device-code']).meta({ id: 'SignInFlow' });
export type SignInFlow = z.infer<typeof SignInFlow>;

const redirectUri = said(redirectUriForm());

/** Body of `POST /v1/sites/{siteId}/sign-ins`. */
export const SignInCreation = z
  .strictObject({
    userName: EnteredAddress,
    serverId: z.uuid(),
    flow: SignInFlow.default('browser'),
    redirectUri: z
      .url({ protocol: /^https?$/, ...redirectUri })
      .max(256, redirectUri)
      // A URL may hold them, and Postgres cannot keep a NUL.
      .refine((text) => !/\p{Cc}/u.test(text), redirectUri)
      .optional()
      .describe(
        "Left out, the browser comes back to Mailpath. With one, such as ECE's own, give the address at which it ended to the operation answerSignIn.",
      ),
  })
  .meta({ id: 'SignInCreation' });
export type SignInCreation = z.infer<typeof SignInCreation>;

/** Body of `POST /v1/sites/{siteId}/sign-ins/{signInId}/answer`. */
export const SignInAnswer = z
  .strictObject({
    url: z.url({ protocol: /^https?$/, ...said(endAddressForm()) }).max(16_384, said(endAddressAlone())),
  })
  .meta({ id: 'SignInAnswer' });
export type SignInAnswer = z.infer<typeof SignInAnswer>;

/**
 * `waiting` for a person; `redeeming`: the code is on its way to the agent, or the agent at work; `done`: the tokens
 * are kept;
 * `failed`, with the reason; `expired`: nobody signed in within 15 minutes.
 */
export const SignInState = z
  .enum(['waiting', 'redeeming', 'done', 'failed', 'expired'])
  .meta({ id: 'SignInState' });
export type SignInState = z.infer<typeof SignInState>;
/** `expired` follows from the clock and is stored nowhere. */
export type StoredState = Exclude<SignInState, 'expired'>;

/** One user's sign-in, from the address to open to the first token. */
export const SignIn = z
  .object({
    id: z.uuid(),
    siteId: z.uuid(),
    userName: z.string(),
    serverId: z.uuid(),
    flow: SignInFlow,
    state: SignInState,
    redirectUri: z.string().nullable(),
    /** What to type at `verificationUri`, once the agent has told it. */
    userCode: z.string().nullable(),
    verificationUri: z.string().nullable(),
    /** Why it failed, in one sentence. */
    failure: z.string().nullable(),
    /** The number of Entra's error, such as 50076, where it gave one. */
    aadsts: z.int().nullable(),
    runId: z.uuid().nullable(),
    resultId: z.uuid().nullable(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof SignIn>;

/**
 * The only answer that holds the address to open, which works once: `startUrl`, a page of Mailpath that binds the
 * browser and leads on to Entra; or, with a redirect URI that does not lead to Mailpath, Entra's own, `authorizeUrl`.
 * Both are null for a device code.
 */
export const NewSignIn = SignIn.extend({
  startUrl: z.string().nullable(),
  authorizeUrl: z.string().nullable(),
}).meta({ id: 'NewSignIn' });
export type NewSignIn = z.infer<typeof NewSignIn>;

export const SignInPage = pageOf('SignInPage', SignIn);

/** A sign-in as it stands at `now`. Pure. */
export function toSignIn(row: SignInEntity, now: Date): SignIn {
  const over = row.expiresAt <= now;
  const unanswered = over && row.state === 'redeeming';
  return {
    id: row.id,
    siteId: row.siteId,
    userName: row.userName,
    serverId: row.serverId,
    flow: row.flow,
    state: unanswered ? 'failed' : over && row.state === 'waiting' ? 'expired' : row.state,
    redirectUri: row.redirectUri,
    userCode: row.userCode,
    verificationUri: row.verificationUri,
    failure: unanswered ? 'No answer came from the agent in time. Start the sign-in again.' : row.failure,
    aadsts: row.aadsts,
    runId: row.runId,
    resultId: row.resultId,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
