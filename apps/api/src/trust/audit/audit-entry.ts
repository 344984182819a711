import { z } from 'zod';
import { Moment } from '../../platform/fields.ts';
import { pageOf, PageQuery } from '../../platform/page.ts';
import { auditAction } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

export const AuditActor = z.enum(['user', 'api-key', 'agent', 'anyone']).meta({ id: 'AuditActor' });
export type AuditActor = z.infer<typeof AuditActor>;

export const AuditOutcome = z.enum(['done', 'refused']).meta({ id: 'AuditOutcome' });
export type AuditOutcome = z.infer<typeof AuditOutcome>;

export const AuditEntry = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actorKind: AuditActor,
    actorId: z.uuid().nullable(),
    actorName: z.string().nullable(),
    address: z.string().nullable(),
    action: z.string(),
    outcome: AuditOutcome,
    status: z.int().nullable(),
    siteId: z.uuid().nullable(),
    subject: z.record(z.string(), z.string()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditPage = pageOf('AuditPage', AuditEntry);

/** What the log may be narrowed to. */
export const AuditQuery = PageQuery.extend({
  siteId: z.uuid().optional(),
  actorId: z.uuid().optional(),
  action: z
    .string()
    .regex(/^[A-Za-z]{1,60}$/, said(auditAction()))
    .optional(),
  outcome: AuditOutcome.optional(),
  from: Moment.optional(),
  to: Moment.optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

/** The same where the site stands in the path. */
export const SiteAuditQuery = AuditQuery.omit({ siteId: true });
export type SiteAuditQuery = z.infer<typeof SiteAuditQuery>;
