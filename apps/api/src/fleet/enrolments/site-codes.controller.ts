import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type ApiConfig, CONFIG } from '../../platform/config.ts';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { apiAddress } from './enrol-commands.ts';
import { NewSiteCode, SiteCodeCreation, SiteCodeList } from './site-code.ts';
import { SiteCodesService } from './site-codes.service.ts';

@ApiTags('Enrolment')
@Controller('v1/sites/:siteId/enrolment-codes')
export class SiteCodesController {
  constructor(
    private readonly codes: SiteCodesService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  @Post()
  @Operation({
    id: 'createSiteEnrolmentCode',
    needs: 'administrator',
    summary: 'Create a code by which several servers join',
    description:
      'For software distribution, which sends one command line to all: each server is made under its host name. A server that has an agent already is not replaced by it.',
    answer: {
      status: 201,
      schema: NewSiteCode,
      description: 'The code. It is shown this once and never again.',
    },
    problems: ['validation', 'not-found'],
    location: '/v1/sites/{siteId}/enrolment-codes',
    idempotent: true,
  })
  create(
    @Param('siteId', { schema: Id }) siteId: string,
    @Body({ schema: SiteCodeCreation }) body: SiteCodeCreation,
    @Req() request: FastifyRequest,
  ): Promise<NewSiteCode> {
    return this.codes.create(siteId, body, apiAddress(request, this.config));
  }

  @Get()
  @Operation({
    id: 'listSiteEnrolmentCodes',
    needs: 'administrator',
    summary: 'List the codes by which servers of a site can still join',
    description: 'Oldest first, without the codes themselves.',
    answer: { status: 200, schema: SiteCodeList, description: 'The codes that are good now.' },
    problems: ['validation', 'not-found'],
  })
  async list(@Param('siteId', { schema: Id }) siteId: string): Promise<SiteCodeList> {
    return { items: await this.codes.list(siteId) };
  }

  @Delete(':codeId')
  @HttpCode(204)
  @Operation({
    id: 'endSiteEnrolmentCode',
    needs: 'administrator',
    summary: 'End a code of a site',
    description: 'No further server joins by it. Those that did stay.',
    answer: { status: 204, description: 'The code is good no more.' },
    problems: ['validation', 'not-found'],
  })
  async end(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('codeId', { schema: Id }) codeId: string,
  ): Promise<void> {
    await this.codes.end(siteId, codeId);
  }
}
