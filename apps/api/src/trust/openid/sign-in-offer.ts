import { z } from 'zod';

/** What there is beside name and password, links and API keys, which there always are. */
export const SignInOffer = z.object({ openId: z.boolean() }).meta({ id: 'SignInOffer' });
export type SignInOffer = z.infer<typeof SignInOffer>;
