import { z } from 'zod';
import { pageOf } from '../../platform/page.ts';
import { Lent } from '../../trust/lending/lent.ts';

/** That an agent was lent something for one order; what it was lent is never shown. */
export const LeaseRecord = z
  .object({
    id: z.uuid(),
    orderId: z.uuid(),
    serverId: z.uuid(),
    agentId: z.uuid(),
    userName: z.string(),
    lent: z.array(Lent),
    lentAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'LeaseRecord' });
export type LeaseRecord = z.infer<typeof LeaseRecord>;

export const LeaseRecordPage = pageOf('LeaseRecordPage', LeaseRecord);
