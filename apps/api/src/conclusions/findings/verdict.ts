import { Owner, Severity } from '@mailpath/protocol';
import { z } from 'zod';

/** What a site is, in one word. */
export const VerdictWord = z.enum(['safe', 'watch', 'unsafe', 'unknown']).meta({ id: 'VerdictWord' });

/** The site in one word, since when, and what of it is worst. */
export const SiteVerdict = z
  .object({
    siteId: z.uuid(),
    siteName: z.string(),
    verdict: VerdictWord,
    since: z.iso.datetime().nullable(),
    worst: z
      .object({
        findingId: z.uuid(),
        severity: Severity,
        owner: Owner,
        summary: z.string(),
        since: z.iso.datetime(),
      })
      .nullable(),
    openFindings: z.int(),
    bad: z.int(),
    servers: z.int(),
    silentServers: z.int(),
    newestAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'SiteVerdict' });
export type SiteVerdict = z.infer<typeof SiteVerdict>;
