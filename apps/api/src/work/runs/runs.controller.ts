import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { decodeCursor, type Page, PageQuery, pageOf, toPage } from '../../platform/page.ts';
import { NewRun, Run } from './run.ts';
import { RunsService } from './runs.service.ts';

/** Nothing at all asks for everything. */
const NewRunOrNothing = NewRun.default({});
const RunPage = pageOf('RunPage', Run);

@ApiTags('Runs')
@Controller('v1/sites/:siteId/runs')
export class RunsController {
  constructor(private readonly runs: RunsService) {}

  @Post()
  @Operation({
    id: 'startRun',
    needs: 'operator',
    summary: 'Ask all connected agents of a site for the same checks at the same moment',
    description:
      'Answers at once; GET the run to follow it. While a run waits to be answered, asking the same again answers with that run. 409 when no ' +
      'agent is connected.',
    answer: { status: 202, schema: Run, description: 'The run as it begins, or the one that waits.' },
    problems: ['validation', 'not-found', 'conflict'],
    location: '/v1/sites/{siteId}/runs/{id}',
    idempotent: true,
  })
  start(
    @Param('siteId', { schema: Id }) siteId: string,
    @Body({ schema: NewRunOrNothing }) asked: NewRun,
  ): Promise<Run> {
    return this.runs.start(siteId, asked);
  }

  @Get()
  @Operation({
    id: 'listRuns',
    needs: 'viewer',
    summary: 'List the runs of a site, newest first',
    answer: { schema: RunPage, description: 'Runs with the progress of each server.' },
    problems: ['validation', 'not-found'],
  })
  async list(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: PageQuery }) { limit, cursor }: PageQuery,
  ): Promise<Page<Run>> {
    const before = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const runs = await this.runs.list(siteId, limit + 1, before);
    return toPage(
      runs,
      limit,
      ({ id }) => [id],
      (run) => run,
    );
  }

  @Get(':runId')
  @Operation({
    id: 'getRun',
    needs: 'viewer',
    summary: 'Follow one run',
    answer: { schema: Run, description: 'The run as it stands.' },
    problems: ['validation', 'not-found'],
  })
  get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('runId', { schema: Id }) runId: string,
  ): Promise<Run> {
    return this.runs.get(siteId, runId);
  }
}
