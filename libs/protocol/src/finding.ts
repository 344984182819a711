import { z } from 'zod';
import { CheckId, TargetName } from './target.ts';
import { FailureCode, Phase } from './words.ts';

/** How bad a conclusion is for mail: the role matrix decides between `error` and `warning` (checklist, S46 to S60). */
export const Severity = z.enum(['error', 'warning', 'info']).meta({ id: 'Severity' });
export type Severity = z.infer<typeof Severity>;

/** Who can mend it. */
export const Owner = z
  .enum([
    'network',
    'proxy',
    'dns',
    'entra',
    'exchange',
    'ece-administrator',
    'server-administrator',
    'microsoft',
    'mailpath',
    'unknown',
  ])
  .meta({ id: 'Owner' });
export type Owner = z.infer<typeof Owner>;

/** How sure the conclusion is. */
export const Confidence = z.enum(['certain', 'likely', 'possible']).meta({ id: 'Confidence' });
export type Confidence = z.infer<typeof Confidence>;

/** The items of the checklist: C1 to C11 of Cisco's document, X1 to X9 that real errors point to. */
export const ChecklistItem = z.string().regex(/^(?:C(?:[1-9]|1[01])|X[1-9])$/);
/** A statement of the checklist, S1 to S74. */
export const Statement = z.string().regex(/^S(?:[1-9]|[1-6]\d|7[0-4])$/);

/** A conclusion from results: what is wrong, where, who must act, and what to do. */
export const Finding = z
  .object({
    /** Id of the rule that drew it. */
    rule: z.string().max(60),
    severity: Severity,
    confidence: Confidence,
    scope: z.object({
      /** Names of the servers it holds for. */
      servers: z.array(z.string()).min(1),
      /** The checks it rests on, each with the name of its target. */
      checks: z.array(z.object({ check: CheckId, target: TargetName })).min(1),
    }),
    phase: Phase.nullable(),
    code: FailureCode.nullable(),
    /** One sentence: what was seen, with server, host, port and phase. */
    summary: z.string(),
    /** What most likely stands behind it. */
    cause: z.string(),
    owner: Owner,
    nextStep: z.string(),
    checklistItem: ChecklistItem,
    statements: z.array(Statement),
    /** The facts that decided, one a line. */
    evidence: z.array(z.string()),
  })
  .meta({ id: 'Finding' });
export type Finding = z.infer<typeof Finding>;
