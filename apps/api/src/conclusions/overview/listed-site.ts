import { z } from 'zod';
import { Site } from '../../estate/sites/site.ts';
import { PageQuery, pageOf } from '../../platform/page.ts';
import { SiteVerdict } from '../findings/verdict.ts';

/** A site, and what its verdict says where that is asked for. */
export const ListedSite = Site.extend(
  SiteVerdict.pick({
    verdict: true,
    since: true,
    worst: true,
    openFindings: true,
    bad: true,
    servers: true,
    silentServers: true,
    newestAt: true,
  }).partial().shape,
).meta({ id: 'ListedSite' });
export type ListedSite = z.infer<typeof ListedSite>;

export const SitePage = pageOf('SitePage', ListedSite);

export const SitesQuery = z.strictObject({
  ...PageQuery.shape,
  summary: z
    .enum(['true', 'false'], 'write true or false')
    .transform((text) => text === 'true')
    .default(false),
});
export type SitesQuery = z.infer<typeof SitesQuery>;
