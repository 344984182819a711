import { Controller, Get, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Operation } from '../../platform/openapi/operation.ts';
import { Liveness, ServiceReadiness } from './health.ts';
import { HealthService } from './health.service.ts';

@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Operation({
    id: 'getLiveness',
    needs: 'anyone',
    summary: 'Say whether the process runs',
    answer: { schema: Liveness, description: 'It runs.' },
    always: true,
  })
  live(): Liveness {
    return { status: 'ok' };
  }

  @Get('ready')
  @Operation({
    id: 'getReadiness',
    needs: 'anyone',
    summary: 'Say whether requests can be served now',
    answer: { schema: ServiceReadiness, description: 'They can.' },
    always: true,
  })
  @ApiResponse({
    status: 503,
    standardSchema: ServiceReadiness,
    description: 'They cannot; `parts` says why.',
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ServiceReadiness> {
    const readiness = await this.health.readiness();
    if (readiness.status === 'not-ready') void reply.status(503);
    return readiness;
  }
}
