import { AgentState, CheckId, ComparisonCell, Difference, TargetName } from '@mailpath/protocol';
import { z } from 'zod';
import { FindingState } from '../findings/finding.query.ts';

/** The cells of one row that have changed, whole, and all that the row differs in now. */
export const ChangedRow = z
  .object({
    check: CheckId,
    target: TargetName,
    differences: z.array(Difference),
    cells: z.array(ComparisonCell),
  })
  .meta({ id: 'ChangedRow' });
export type ChangedRow = z.infer<typeof ChangedRow>;

const Nothing = z.strictObject({});
const event = <Name extends string, Data extends z.ZodType>(name: Name, data: Data, id: string) =>
  z.object({ event: z.literal(name), data }).meta({ id });

/** What is told of a site while it is watched: the name of the event, and what stands in its data as JSON. */
export const SiteEvent = z
  .union([
    event(
      'comparison',
      z.object({ generatedAt: z.iso.datetime(), rows: z.array(ChangedRow) }),
      'ComparisonEvent',
    ),
    event('finding', z.object({ id: z.uuid(), state: FindingState }), 'FindingEvent'),
    event(
      'run',
      z.object({ id: z.uuid(), state: z.enum(['running', 'done']), received: z.int(), expected: z.int() }),
      'RunEvent',
    ),
    event(
      'agent',
      z.object({ serverId: z.uuid(), state: AgentState, lastSeenAt: z.iso.datetime().nullable() }),
      'AgentEvent',
    ),
    event('site', Nothing, 'SiteChangedEvent'),
    event('reset', Nothing, 'ResetEvent'),
    event('beat', Nothing, 'BeatEvent'),
  ])
  .meta({ id: 'SiteEvent' });
export type SiteEvent = z.infer<typeof SiteEvent>;

export const EXAMPLE: SiteEvent = {
  event: 'run',
  data: { id: '01a20bac-7abe-7000-8000-000000000001', state: 'running', received: 41, expected: 58 },
};
