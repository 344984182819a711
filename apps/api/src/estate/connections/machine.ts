import { z } from 'zod';

/** Who stands at one end of a connection that proved an agent's key, as far as it says so itself. */
export const Machine = z
  .object({
    /** Of this start of its process; two machines that were copied while they ran have the same. */
    boot: z.uuid(),
    hostName: z.string(),
    platform: z.string(),
    /** That its connection came from. */
    address: z.string(),
    /** The version of the protocol that it joined with. */
    protocol: z.int(),
    joinedAt: z.iso.datetime(),
  })
  .meta({ id: 'QuarantinedMachine' });
export type Machine = z.infer<typeof Machine>;
