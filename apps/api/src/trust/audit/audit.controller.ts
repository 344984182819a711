import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import type { Page } from '../../platform/page.ts';
import { type AuditEntry, AuditPage, AuditQuery, SiteAuditQuery } from './audit-entry.ts';
import { AuditLog } from './audit-log.service.ts';

@ApiTags('Audit log')
@Controller('v1')
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Get('audit-log')
  @Operation({
    id: 'listAuditLog',
    needs: 'administrator',
    summary: 'List what was done in the whole installation, newest first',
    answer: { schema: AuditPage, description: 'One page of entries. None holds a secret.' },
    problems: ['validation'],
  })
  list(@Query({ schema: AuditQuery }) query: AuditQuery): Promise<Page<AuditEntry>> {
    return this.log.list(query);
  }

  @Get('sites/:siteId/audit-log')
  @Operation({
    id: 'listSiteAuditLog',
    needs: 'administrator',
    summary: 'List what was done at a site, newest first',
    answer: { schema: AuditPage, description: 'One page of entries; empty where there is no such site.' },
    problems: ['validation', 'not-found'],
  })
  listOfSite(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: SiteAuditQuery }) query: SiteAuditQuery,
  ): Promise<Page<AuditEntry>> {
    return this.log.list({ ...query, siteId });
  }
}
