import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AgentBatch, AgentBatchAnswer, AgentChallenge } from '@mailpath/protocol';
import type { FastifyRequest } from 'fastify';
import { Operation } from '../../platform/openapi/operation.ts';
import { Batches } from './batches.service.ts';

@ApiTags('Agents')
@Controller('v1/agents')
export class BatchesController {
  constructor(private readonly batches: Batches) {}

  @Post('challenges')
  @Operation({
    id: 'createAgentChallenge',
    needs: 'anyone',
    summary: 'Ask for what an agent signs a batch with',
    description: 'For agents whose WebSocket does not get through. Good for a minute.',
    changes: false,
    answer: { schema: AgentChallenge, description: 'A nonce.' },
    problems: [],
  })
  challenge(): AgentChallenge {
    return this.batches.challenge();
  }

  @Post('batches')
  @Operation({
    id: 'deliverAgentBatch',
    needs: 'anyone',
    summary: 'Hand in results of an agent whose WebSocket does not get through',
    description:
      "Signed with the agent's key. What was handed in before changes nothing, so a batch whose answer was lost is sent again. 409 where two machines have the agent's key.",
    changes: false,
    answer: { schema: AgentBatchAnswer, description: 'What is stored, and what the agent is asked by now.' },
    problems: ['validation', 'unauthorized', 'conflict', 'too-many-requests'],
  })
  deliver(
    @Body({ schema: AgentBatch }) batch: AgentBatch,
    @Req() { ip }: FastifyRequest,
  ): Promise<AgentBatchAnswer> {
    return this.batches.take(batch, ip);
  }
}
