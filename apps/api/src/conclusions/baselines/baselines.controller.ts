import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { Id } from '../../platform/fields.ts';
import { CalledBy, type Caller } from '../../platform/http/caller.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { Baseline, BaselineCreation, BaselineList } from './baseline.ts';
import { BaselinesService } from './baselines.service.ts';

@ApiTags('Comparison')
@Controller('v1/sites/:siteId/baselines')
export class BaselinesController {
  constructor(
    private readonly sites: SitesService,
    private readonly baselines: BaselinesService,
  ) {}

  @Post()
  @Operation({
    id: 'createBaseline',
    needs: 'operator',
    summary: 'Keep what the checks of a site came to at a moment, under a name',
    description:
      'The newest result of every server for every check, with its evidence: before an upgrade, say. It stays when the results of that time are deleted.',
    answer: { status: 201, schema: Baseline, description: 'The baseline.' },
    problems: ['validation', 'not-found', 'conflict'],
    location: '/v1/sites/{siteId}/comparison?baseline={id}',
    idempotent: true,
  })
  create(
    @Param('siteId', { schema: Id }) siteId: string,
    @Body({ schema: BaselineCreation }) body: BaselineCreation,
    @CalledBy() caller: Caller,
  ): Promise<Baseline> {
    return this.baselines.create(siteId, body, caller.name);
  }

  @Get()
  @Operation({
    id: 'listBaselines',
    needs: 'viewer',
    summary: 'List the baselines of a site',
    description: 'The newest moment first.',
    answer: { schema: BaselineList, description: 'The baselines, without their results.' },
    problems: ['validation', 'not-found'],
  })
  async list(@Param('siteId', { schema: Id }) siteId: string): Promise<BaselineList> {
    await this.sites.get(siteId);
    return { items: await this.baselines.list(siteId) };
  }

  @Delete(':baselineId')
  @HttpCode(204)
  @Operation({
    id: 'deleteBaseline',
    needs: 'operator',
    summary: 'Delete a baseline',
    answer: { status: 204, description: 'It is gone; results that are kept otherwise stay.' },
    problems: ['validation', 'not-found'],
  })
  async delete(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('baselineId', { schema: Id }) baselineId: string,
  ): Promise<void> {
    await this.sites.get(siteId);
    await this.baselines.delete(siteId, baselineId);
  }
}
