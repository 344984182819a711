import { z } from 'zod';

/** The languages in which conclusions are put into words. Names of products, hosts and codes are the same in both. */
export const Language = z.enum(['en', 'ja']).meta({ id: 'Language' });
export type Language = z.infer<typeof Language>;
