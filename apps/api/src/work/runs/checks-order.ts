import { GRACE_MS } from '../../fleet/tasks/deadlines.ts';
import type { NewOrder } from '../orders/order-handler.ts';

/** What one agent is asked without any credential. */
type Asked = Pick<NewOrder, 'serverId' | 'agentId' | 'tasks' | 'checkDeadlineMs' | 'roundDeadlineMs'>;

/** It goes out at once, beside whatever the agent does; one that is not there is asked when it is back in time. */
export const checksOrder = (
  siteId: string,
  run: { id: string; deadlineAt: Date },
  asked: Asked,
): NewOrder => ({
  ...asked,
  siteId,
  kind: 'checks',
  purpose: 'checks',
  runId: run.id,
  userName: null,
  uses: {},
  lastsMs: asked.roundDeadlineMs + GRACE_MS,
  giveUpAt: run.deadlineAt.getTime(),
  waitsForPerson: false,
  repeatable: true,
  detail: {},
});
