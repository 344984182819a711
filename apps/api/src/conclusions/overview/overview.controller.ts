import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Language as LanguageName } from '@mailpath/protocol';
import type { Site } from '../../estate/sites/site.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { CalledBy, type Caller, sitesOf } from '../../platform/http/caller.ts';
import { Language } from '../../platform/language/language.ts';
import { MailpathError } from '../../platform/errors.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import type { Page } from '../../platform/page.ts';
import { VerdictsService } from '../findings/verdicts.service.ts';
import { type ListedSite, SitePage, SitesQuery } from './listed-site.ts';

@ApiTags('Sites')
@Controller('v1/sites')
export class OverviewController {
  constructor(
    private readonly sites: SitesService,
    private readonly verdicts: VerdictsService,
  ) {}

  @Get()
  @Operation({
    id: 'listSites',
    needs: 'signed-in',
    summary: 'List the sites that you may see',
    description:
      'With `summary=true` each comes with its verdict, as `GET /v1/sites/{siteId}/verdict` gives it: `verdict`, `since`, `worst` and the numbers.',
    answer: { schema: SitePage, description: 'One page of sites, oldest first.' },
    problems: ['validation'],
    words: true,
  })
  async list(
    @Query({ schema: SitesQuery }) { summary, ...query }: SitesQuery,
    @CalledBy() caller: Caller,
    @Language() language: LanguageName,
  ): Promise<Page<ListedSite>> {
    const page = await this.sites.list(query, sitesOf(caller));
    if (!summary) return page;
    const items: ListedSite[] = [];
    // One after the other: each is several questions to the database, and the pool is for everybody.
    for (const site of page.items) items.push(...(await this.#withVerdict(site, language)));
    return { ...page, items };
  }

  async #withVerdict(site: Site, language: LanguageName): Promise<ListedSite[]> {
    try {
      const { siteId: _, siteName: __, ...verdict } = await this.verdicts.of(site.id, language);
      return [{ ...site, ...verdict }];
    } catch (error) {
      // Removed since the page was read.
      if (error instanceof MailpathError && error.code === 'not-found') return [];
      throw error;
    }
  }
}
