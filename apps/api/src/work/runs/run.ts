import { z } from 'zod';
import { CheckId } from '@mailpath/protocol';

/** Body of `POST /v1/sites/{siteId}/runs`; an empty one asks every connected agent for every check. */
export const NewRun = z
  .strictObject({
    serverIds: z.array(z.uuid()).min(1).max(500).optional().describe('Only these servers.'),
    checks: z.array(CheckId).min(1).max(100).optional().describe('Only these checks.'),
    mailboxes: z.boolean().optional().describe('Whether to sign in to the mailboxes as well; left out, yes.'),
  })
  .meta({ id: 'NewRun' });
export type NewRun = z.infer<typeof NewRun>;

/**
 * How far one server is. `offline`: its agent was not connected when the run began, so nothing was asked; `waiting`:
 * asked, and in time; `done`: every result has arrived; `no-answer`: the deadline passed first (results that come later
 * still count).
 */
export const RunServerState = z
  .enum(['offline', 'waiting', 'done', 'no-answer'])
  .meta({ id: 'RunServerState' });
export type RunServerState = z.infer<typeof RunServerState>;

/**
 * `asked` by a caller; `mailboxes`: the regular round of sign-ins to the mailboxes; `sign-in`: one user's first token.
 */
export const RunKind = z.enum(['asked', 'mailboxes', 'sign-in']).meta({ id: 'RunKind' });
export type RunKind = z.infer<typeof RunKind>;

/**
 * What was not asked of a server, whose sign-in it would have been, why, and until when that is so (null where time
 * alone does not help).
 */
export const Withheld = z
  .object({ userName: z.string(), reason: z.string(), until: z.iso.datetime().nullable() })
  .meta({ id: 'Withheld' });
export type Withheld = z.infer<typeof Withheld>;

/** The same checks asked of several servers at the same moment. */
export const Run = z
  .object({
    id: z.uuid(),
    siteId: z.uuid(),
    kind: RunKind,
    requestedAt: z.iso.datetime(),
    deadlineAt: z.iso.datetime(),
    /** `running` while any server is waiting. */
    state: z.enum(['running', 'done']),
    servers: z.array(
      z.object({
        serverId: z.uuid(),
        name: z.string(),
        state: RunServerState,
        expected: z.int(),
        received: z.int(),
        finishedAt: z.iso.datetime().nullable(),
        /** Not asked, and not among those that are expected. */
        withheld: z.array(Withheld),
      }),
    ),
  })
  .meta({ id: 'Run' });
export type Run = z.infer<typeof Run>;

/** What the tables say of one server's part. */
export interface RunServerRow {
  run_id: string;
  server_id: string;
  name: string;
  agent_id: string | null;
  expected: number;
  received: number;
  withheld: Withheld[];
  finished_at: Date | null;
}

/** A run as it stands at `now`. Pure. */
export function toRun(
  run: { id: string; siteId: string; kind: RunKind; requestedAt: Date; deadlineAt: Date },
  rows: readonly RunServerRow[],
  now: Date,
): Run {
  const stateOf = (row: RunServerRow): RunServerState => {
    if (!row.agent_id) return 'offline';
    if (row.finished_at) return 'done';
    return now <= run.deadlineAt ? 'waiting' : 'no-answer';
  };
  const servers = rows.map((row) => ({
    serverId: row.server_id,
    name: row.name,
    state: stateOf(row),
    expected: row.expected,
    received: row.received,
    finishedAt: row.finished_at?.toISOString() ?? null,
    withheld: row.withheld,
  }));
  return {
    id: run.id,
    siteId: run.siteId,
    kind: run.kind,
    requestedAt: run.requestedAt.toISOString(),
    deadlineAt: run.deadlineAt.toISOString(),
    state: servers.some(({ state }) => state === 'waiting') ? 'running' : 'done',
    servers,
  };
}
