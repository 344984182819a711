import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Instant, type Language as LanguageName, severityRank } from '@mailpath/protocol';
import { z } from 'zod';
import { Id } from '../../platform/fields.ts';
import { Language } from '../../platform/language/language.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { decodeCursor, type Page, PageQuery, toPage } from '../../platform/page.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { FindingDetail, FindingFilter, FindingPage, type FindingSummary } from './finding.query.ts';
import { FindingsService } from './findings.service.ts';

const FindingsQuery = z.strictObject({ ...PageQuery.shape, ...FindingFilter.shape });
type FindingsQuery = z.infer<typeof FindingsQuery>;
/** Sort values of the last finding of a page. */
const Place = z.tuple([z.int().min(0).max(2), Instant, z.uuid()]);

@ApiTags('Findings')
@Controller('v1/sites/:siteId/findings')
export class FindingsController {
  constructor(
    private readonly sites: SitesService,
    private readonly findings: FindingsService,
  ) {}

  @Get()
  @Operation({
    id: 'listFindings',
    needs: 'viewer',
    summary: 'List what was concluded of a site, the worst first',
    description:
      'In this order: severity (error, warning, info), then since when it holds, the oldest first. A finding opens once it is confirmed by a second look or by a later round, and closes once everything it rested on has ' +
      'been seen without it.',
    answer: { schema: FindingPage, description: 'Findings with their causes, owners and next steps.' },
    problems: ['validation', 'not-found'],
    words: true,
  })
  async list(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: FindingsQuery }) { limit, cursor, ...filter }: FindingsQuery,
    @Language() language: LanguageName,
  ): Promise<Page<FindingSummary>> {
    const place = decodeCursor(cursor, Place);
    await this.sites.get(siteId);
    const after = place ? { rank: place[0], since: place[1], id: place[2] } : undefined;
    const rows = await this.findings.list(siteId, filter, limit + 1, after, language);
    return toPage(
      rows,
      limit,
      (row) => [severityRank(row.severity), row.since, row.id],
      (row) => row,
    );
  }

  @Get(':findingId')
  @Operation({
    id: 'getFinding',
    needs: 'viewer',
    summary: 'Read one finding, with the newest 100 times that it was open',
    answer: { schema: FindingDetail, description: 'The finding and its history.' },
    problems: ['validation', 'not-found'],
    words: true,
  })
  get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('findingId', { schema: Id }) findingId: string,
    @Language() language: LanguageName,
  ): Promise<FindingDetail> {
    return this.findings.get(siteId, findingId, language);
  }
}
