import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { PageQuery, type Page } from '../../platform/page.ts';
import { type LeaseRecord, LeaseRecordPage } from './lease-record.ts';
import { LeaseRecords } from './lease-records.service.ts';

@ApiTags('Credentials')
@Controller('v1/sites/:siteId/leases')
export class LeaseRecordsController {
  constructor(private readonly records: LeaseRecords) {}

  @Get()
  @Operation({
    id: 'listLeases',
    needs: 'viewer',
    summary: 'List what was lent to which server, for which user and until when',
    description: 'What was lent is named by its kind; the secret itself is never shown.',
    answer: { schema: LeaseRecordPage, description: 'One page, the newest first.' },
    problems: ['validation', 'not-found'],
  })
  list(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<LeaseRecord>> {
    return this.records.list(siteId, query);
  }
}
