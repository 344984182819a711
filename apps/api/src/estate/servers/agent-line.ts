import { LineFault } from '@mailpath/protocol';
import { z } from 'zod';

/** Why an agent reports by HTTPS. */
export const AgentLine = z
  .object({
    fault: LineFault,
    /** What its machine said. */
    detail: z.string(),
    since: z.iso.datetime(),
  })
  .meta({ id: 'AgentLine' });
export type AgentLine = z.infer<typeof AgentLine>;

/** What a run says of a server that no order reaches, though it reports. */
export const NO_ORDERS =
  'Its agent reports by HTTPS, since WebSocket does not get through to the API: no order reaches it before it does. agent.line of the server says why.';
