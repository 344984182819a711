import { z } from 'zod';
import { AgentFacts } from '@mailpath/protocol';
import { pageOf } from '../../platform/page.ts';

/** An agent as callers see it: the program that speaks for one server. */
export const Agent = z
  .object({
    id: z.uuid(),
    serverId: z.uuid(),
    state: z.enum(['connected', 'disconnected', 'revoked']),
    facts: AgentFacts,
    enrolledAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
    /** Results that it had to give up because its outbox was full, over all of its starts. */
    droppedResults: z.int(),
  })
  .meta({ id: 'Agent' });
export type Agent = z.infer<typeof Agent>;

export const AgentPage = pageOf('AgentPage', Agent);
