import { z } from 'zod';

export const Liveness = z.object({ status: z.literal('ok') }).meta({ id: 'Liveness' });
export type Liveness = z.infer<typeof Liveness>;

const Part = z.enum(['ready', 'not-ready']);

/** Whether requests can be served now, and which part says no. */
export const ServiceReadiness = z
  .object({ status: Part, parts: z.object({ database: Part }) })
  .meta({ id: 'ServiceReadiness' });
export type ServiceReadiness = z.infer<typeof ServiceReadiness>;
