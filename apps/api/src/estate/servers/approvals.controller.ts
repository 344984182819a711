import { Body, Controller, Delete, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { Approval } from './approval.ts';
import { ApprovalsService } from './approvals.service.ts';
import { Server } from './server.ts';

@ApiTags('Servers')
@Controller('v1/sites/:siteId/servers/:serverId/approval')
export class ApprovalsController {
  constructor(private readonly approvals: ApprovalsService) {}

  @Post()
  @Operation({
    id: 'approveServer',
    needs: 'administrator',
    summary: 'Confirm the agent of a server, so that it is lent what it signs in with',
    description:
      'For every agent that was enrolled, has a new key, or whose server was given a further role. ' +
      'Compare `agent.keyFingerprint` and `agent.hostName` with what mailpath-agent status shows on the machine first. ' +
      '409 when the agent has another key by now.',
    answer: { schema: Server, description: 'The server, whose agent is approved.' },
    problems: ['validation', 'not-found', 'conflict'],
  })
  approve(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('serverId', { schema: Id }) serverId: string,
    @Body({ schema: Approval }) { fingerprint }: Approval,
  ): Promise<Server> {
    return this.approvals.approve(siteId, serverId, fingerprint);
  }

  @Delete()
  @Operation({
    id: 'withdrawApproval',
    needs: 'administrator',
    summary: 'Withdraw the approval of a server: its agent is lent nothing from now on',
    description:
      'What it was lent before it may still know: to make that worthless, set a new client secret and revoke the sessions of the users in Entra.',
    answer: { status: 204, description: 'Withdrawn; leases that it holds have ended.' },
    problems: ['validation', 'not-found'],
  })
  withdraw(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('serverId', { schema: Id }) serverId: string,
  ): Promise<void> {
    return this.approvals.withdraw(siteId, serverId);
  }
}
