import { z } from 'zod';

/** When the frame was sent, by the agent's clock, in milliseconds since 1970; an older agent does not say. */
export const SentAtMs = z.int().optional();

/**
 * What an agent had to give up where no later result of that boot shows the gap: everything of a boot behind `after`,
 * up to and with `through`. The boot is over, and nothing of it waits any more.
 */
export const GivenUp = z
  .object({ boot: z.uuid(), after: z.int().min(0), through: z.int().min(1) })
  .refine(({ after, through }) => through > after, {
    path: ['through'],
    error: 'through is larger than after: nothing was given up otherwise',
  });
export type GivenUp = z.infer<typeof GivenUp>;
