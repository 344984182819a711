import { Body, Controller, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Enrolment, EnrolmentRequest } from '@mailpath/protocol';
import type { FastifyRequest } from 'fastify';
import { type ApiConfig, CONFIG } from '../../platform/config.ts';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { apiAddress } from './enrol-commands.ts';
import { EnrolmentCode } from './enrolment-code.ts';
import { EnrolmentsService } from './enrolments.service.ts';

@ApiTags('Enrolment')
@Controller('v1')
export class EnrolmentsController {
  constructor(
    private readonly enrolments: EnrolmentsService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  @Post('sites/:siteId/servers/:serverId/enrolment-codes')
  @Operation({
    id: 'createEnrolmentCode',
    needs: 'administrator',
    summary: "Create the code that lets a server's agent join",
    description: 'It is good once within 24 hours. Older unused codes of the server end now.',
    answer: {
      status: 201,
      schema: EnrolmentCode,
      description: 'The code. It is shown this once and never again.',
    },
    problems: ['validation', 'not-found'],
    location: '/v1/sites/{siteId}/servers/{serverId}',
    idempotent: true,
  })
  createCode(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('serverId', { schema: Id }) serverId: string,
    @Req() request: FastifyRequest,
  ): Promise<EnrolmentCode> {
    return this.enrolments.createCode(siteId, serverId, apiAddress(request, this.config));
  }

  @Post('enrolments')
  @Operation({
    id: 'enrolAgent',
    needs: 'anyone',
    summary: 'Redeem an enrolment code',
    description:
      'Sent by the agent itself, with a code of its server or of its site. An earlier agent of the same server may not join any more.',
    answer: { status: 201, schema: Enrolment, description: 'Who the agent is from now on.' },
    problems: ['validation', 'enrolment-refused'],
    location: '/v1/sites/{siteId}/servers/{serverId}',
  })
  enrol(
    @Body({ schema: EnrolmentRequest }) body: EnrolmentRequest,
    @Req() request: FastifyRequest,
  ): Promise<Enrolment> {
    return this.enrolments.enrol(body, request.ip);
  }
}
