import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Instant } from '@mailpath/protocol';
import { z } from 'zod';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { decodeCursor, type Page, PageQuery, pageOf, toPage } from '../../platform/page.ts';
import { ServersService } from '../../estate/servers/servers.service.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { type KeptResult, ResultFilter, StoredResult } from './results.query.ts';
import { ResultsService } from './results.service.ts';

const ResultsQuery = z.strictObject({ ...PageQuery.shape, ...ResultFilter.shape });
type ResultsQuery = z.infer<typeof ResultsQuery>;
const ResultPage = pageOf('ResultPage', StoredResult);
/** Sort values of the last result of a page. */
const Place = z.tuple([Instant, z.uuid()]);

@ApiTags('Results')
@Controller('v1/sites/:siteId/results')
export class ResultsController {
  constructor(
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly results: ResultsService,
  ) {}

  @Get()
  @Operation({
    id: 'listResults',
    needs: 'viewer',
    summary: 'List what the agents of a site observed, newest first',
    answer: { schema: ResultPage, description: 'Results with their evidence.' },
    problems: ['validation', 'not-found'],
  })
  async list(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: ResultsQuery }) { limit, cursor, ...filter }: ResultsQuery,
  ): Promise<Page<StoredResult>> {
    const place = decodeCursor(cursor, Place);
    await this.sites.get(siteId);
    const after = place ? { observedAt: place[0], id: place[1] } : undefined;
    const rows = await this.results.list(siteId, filter, limit + 1, after);
    const names = await this.servers.names(siteId);
    return toPage(
      rows,
      limit,
      ({ observedAt, result }) => [observedAt, result.id],
      (row) => named(row, names),
    );
  }

  @Get(':resultId')
  @Operation({
    id: 'getResult',
    needs: 'viewer',
    summary: 'Read one result',
    answer: { schema: StoredResult, description: 'The result with its evidence.' },
    problems: ['validation', 'not-found'],
  })
  async get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('resultId', { schema: Id }) resultId: string,
  ): Promise<StoredResult> {
    const row = await this.results.get(siteId, resultId);
    return named(row, await this.servers.names(siteId));
  }
}

/** A name says more than an id; the row of a server stays when it is retired, and so does its name. */
const named = (row: KeptResult, names: ReadonlyMap<string, string>): StoredResult => ({
  ...row,
  serverName: names.get(row.serverId) ?? row.serverId,
});
