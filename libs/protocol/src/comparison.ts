import { z } from 'zod';
import { Severity, Statement } from './finding.ts';
import { CheckId, Target } from './target.ts';
import { FailureCode, Outcome, Phase, Role, Roles } from './words.ts';

/**
 * What the checklist asks of a server for one check: `required` names a process of that role that needs it,
 * `recommended` is the blanket demand of S52 and S56, `optional` is a protocol the site does not use or a target it
 * added for the other role.
 */
export const Demand = z.enum(['required', 'recommended', 'optional']).meta({ id: 'Demand' });
export type Demand = z.infer<typeof Demand>;

/** Whether the server's agent talks to the API now. `none`: no agent was ever enrolled, or its key was revoked. */
export const AgentState = z.enum(['connected', 'disconnected', 'none']).meta({ id: 'AgentState' });
export type AgentState = z.infer<typeof AgentState>;

export const ComparedServer = z.object({
  id: z.uuid(),
  name: z.string(),
  roles: Roles,
  agent: z.object({ state: AgentState, lastSeenAt: z.iso.datetime().nullable() }),
});
export type ComparedServer = z.infer<typeof ComparedServer>;

/** The finding that explains a cell: one that rests on its result, or from which it follows. */
export const CellFinding = z
  .object({
    id: z.uuid(),
    key: z.string(),
    /** `pending` until a second look or a later round confirms it. */
    state: z.enum(['pending', 'open']),
  })
  .meta({ id: 'CellFinding' });
export type CellFinding = z.infer<typeof CellFinding>;

/** One server's newest result for one row. `no-data` when it has none for this target yet. */
export const ComparisonCell = z
  .object({
    serverId: z.uuid(),
    outcome: z.union([Outcome, z.literal('no-data')]),
    /** False where a server of these roles has no use for the row; there is then no data, and none is missed. */
    asked: z.boolean(),
    /** The phase that failed, or null. */
    phase: Phase.nullable(),
    code: FailureCode.nullable(),
    ms: z.number().nullable(),
    /** When it was observed, by the clock of the API: it says how old the result is. */
    observedAt: z.iso.datetime().nullable(),
    /** True when the result is older than the schedule explains, so it says nothing of now. */
    stale: z.boolean(),
    demand: Demand,
    /**
     * `error` where what is required failed, `warning` where what is recommended did, `info` for the rest; null when
     * nothing failed.
     */
    severity: Severity.nullable(),
    statements: z.array(Statement),
    /** One sentence for a person; null when the check passed or there is no data. */
    sentence: z.string().nullable(),
    resultId: z.uuid().nullable(),
    finding: CellFinding.nullable(),
  })
  .meta({ id: 'ComparisonCell' });
export type ComparisonCell = z.infer<typeof ComparisonCell>;

/** A cell that is not like its siblings of the same role. */
export const Difference = z
  .object({
    serverId: z.uuid(),
    role: Role,
    /** Siblings that it differs from: ten of them at most, in the order of the columns. */
    from: z.array(z.uuid()).min(1).max(10),
    /** How many siblings it differs from. */
    siblings: z.number().int().min(1),
    sentence: z.string(),
  })
  .meta({ id: 'Difference' });
export type Difference = z.infer<typeof Difference>;

export const ComparisonRow = z
  .object({
    check: CheckId,
    title: z.string(),
    target: Target,
    cells: z.array(ComparisonCell),
    differences: z.array(Difference),
  })
  .meta({ id: 'ComparisonRow' });
export type ComparisonRow = z.infer<typeof ComparisonRow>;

/** Rows are checks, columns are servers; every row has one cell per server, in the order of `servers`. */
export const Comparison = z
  .object({
    siteId: z.uuid(),
    siteName: z.string(),
    generatedAt: z.iso.datetime(),
    servers: z.array(ComparedServer),
    rows: z.array(ComparisonRow),
  })
  .meta({ id: 'Comparison' });
export type Comparison = z.infer<typeof Comparison>;
