import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Instant } from '@mailpath/protocol';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { decodeCursor, type Page, PageQuery, pageOf, toPage } from '../../platform/page.ts';
import { ServersService } from '../../estate/servers/servers.service.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { type KeptResult, ResultDetail, ResultFilter, StoredResult } from './results.query.ts';
import { siblingOf } from './sibling.ts';
import { staleness } from './staleness.ts';
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
    private readonly clock: Clock,
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
    answer: {
      schema: ResultDetail,
      description: 'The result with its evidence, and which healthy one it is held against.',
    },
    problems: ['validation', 'not-found'],
  })
  async get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('resultId', { schema: Id }) resultId: string,
  ): Promise<ResultDetail> {
    const site = await this.sites.get(siteId);
    const row = await this.results.get(siteId, resultId);
    const [names, servers, seen] = await Promise.all([
      this.servers.names(siteId),
      this.servers.all(siteId),
      this.results.seen(siteId, this.clock.now(), staleness(site)),
    ]);
    const { check, target } = row.result;
    const place = {
      serverId: row.serverId,
      check,
      target: target.name,
      host: target.host,
      port: target.port,
    };
    return { ...named(row, names), sibling: siblingOf(place, servers, seen) };
  }
}

/** A name says more than an id; the row of a server stays when it is retired, and so does its name. */
const named = (row: KeptResult, names: ReadonlyMap<string, string>): StoredResult => ({
  ...row,
  serverName: names.get(row.serverId) ?? row.serverId,
});
