import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Language as LanguageName } from '@mailpath/protocol';
import { REPORT_POLICY } from '@mailpath/terminal';
import type { FastifyReply } from 'fastify';
import { Id } from '../../platform/fields.ts';
import { Language } from '../../platform/language/language.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { ReportsService } from './reports.service.ts';
import { ReportQuery, SiteReport } from './site-report.ts';

@ApiTags('Comparison')
@Controller('v1/sites/:siteId/report')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Get()
  @Operation({
    id: 'getReport',
    needs: 'viewer',
    summary: 'Report on a site: everything that is known of it now, without secrets',
    description:
      'Verdict, open findings, comparison, checklist, and the evidence of the newest results. `format=html` answers one file that needs nothing else, runs nothing and prints well; `format=json` the same as data. `language` goes before `Accept-Language`.',
    answer: { schema: SiteReport, description: 'The report.' },
    alsoAs: 'text/html',
    problems: ['validation', 'not-found'],
    words: true,
  })
  async get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: ReportQuery }) query: ReportQuery,
    @Language() accepted: LanguageName,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SiteReport | string> {
    const language = query.language ?? accepted;
    void reply.header('content-language', language);
    if (query.format === 'json') return this.reports.of(siteId, language);
    const page = await this.reports.page(siteId, language);
    void reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', `${REPORT_POLICY}; frame-ancestors 'none'; sandbox`)
      .header('content-disposition', 'inline; filename="mailpath-report.html"');
    return page;
  }
}
