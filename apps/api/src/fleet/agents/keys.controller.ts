import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { said } from '../../platform/refusal.ts';
import { bootForm } from '../field-refusals.ts';
import { Server } from '../../estate/servers/server.ts';
import { KeyRotations } from './key-rotations.service.ts';

const OriginalMachine = z
  .strictObject({
    boot: z
      .uuid(said(bootForm()))
      .describe('Of the machine that is the original, as `agent.quarantine.machines` has it.'),
  })
  .meta({ id: 'OriginalMachine' });
type OriginalMachine = z.infer<typeof OriginalMachine>;

@ApiTags('Servers')
@Controller('v1/sites/:siteId/servers/:serverId')
export class KeysController {
  constructor(private readonly rotations: KeyRotations) {}

  @Post('key-rotation')
  @Operation({
    id: 'rotateAgentKey',
    needs: 'administrator',
    summary: 'Ask the agent of a server for a new key',
    description:
      'No enrolment code is needed: it makes a key, signs it with the one that it has, and joins with it; from then on the old one is refused. ' +
      'An agent that is not connected is asked when it is back. The new key waits for approval like every other. ' +
      '409 when it is too old for that, or in quarantine.',
    answer: { status: 202, schema: Server, description: 'The server; its agent is asked.' },
    problems: ['validation', 'not-found', 'conflict'],
  })
  rotate(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('serverId', { schema: Id }) serverId: string,
  ): Promise<Server> {
    return this.rotations.rotate(siteId, serverId);
  }

  @Post('original-machine')
  @Operation({
    id: 'confirmOriginalMachine',
    needs: 'administrator',
    summary: 'Say which machine is the original, where two have the key of one agent',
    description:
      'That process alone may join again, and is asked for a new key at once; with its first join by it the quarantine is over, and the old key is refused. ' +
      'Then confirm the fingerprint of the new key, if the server is to be lent secrets. A new enrolment code, used on the original with --replace, settles it as well.',
    answer: { schema: Server, description: 'The server; the original joins within two minutes.' },
    problems: ['validation', 'not-found', 'conflict'],
  })
  confirm(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('serverId', { schema: Id }) serverId: string,
    @Body({ schema: OriginalMachine }) { boot }: OriginalMachine,
  ): Promise<Server> {
    return this.rotations.confirmOriginal(siteId, serverId, boot);
  }
}
