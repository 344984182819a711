import { CheckResult, Checklist, Comparison, Language } from '@mailpath/protocol';
import { z } from 'zod';
import { FindingDetail } from '../findings/finding.query.ts';
import { SiteVerdict } from '../findings/verdict.ts';
import { reportFormat } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

/** A site at one moment, whole, without secrets: what one hands to somebody who has no access. */
export const SiteReport = z
  .object({
    generatedAt: z.iso.datetime(),
    language: Language,
    verdict: SiteVerdict,
    findings: z.array(FindingDetail),
    comparison: Comparison,
    checklist: Checklist,
    /** The newest of every server for every check and target. */
    results: z.array(z.object({ serverId: z.uuid(), serverName: z.string(), result: CheckResult })),
  })
  .meta({ id: 'SiteReport' });
export type SiteReport = z.infer<typeof SiteReport>;

export const ReportQuery = z.strictObject({
  format: z.enum(['html', 'json'], said(reportFormat())).default('json'),
  language: Language.optional(),
});
export type ReportQuery = z.infer<typeof ReportQuery>;
