import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { ClientSecretFacts, ClientSecretSetting } from './client-secret.ts';
import { ClientSecretsService } from './client-secrets.service.ts';

@ApiTags('Client secret')
@Controller('v1/sites/:siteId/client-secret')
export class ClientSecretsController {
  constructor(private readonly secrets: ClientSecretsService) {}

  @Put()
  @Operation({
    id: 'setClientSecret',
    needs: 'administrator',
    summary: "Set the client secret of the site's Entra application",
    description: 'The value, not the id of the secret. It is kept encrypted and never shown again.',
    answer: { status: 204, description: 'Set; an earlier one is forgotten.' },
    problems: ['validation', 'not-found'],
  })
  set(
    @Param('siteId', { schema: Id }) siteId: string,
    @Body({ schema: ClientSecretSetting }) body: ClientSecretSetting,
  ): Promise<void> {
    return this.secrets.set(siteId, body);
  }

  @Get()
  @Operation({
    id: 'getClientSecretFacts',
    needs: 'viewer',
    summary: 'Read when the client secret was set and when it expires',
    answer: { schema: ClientSecretFacts, description: 'Facts about the secret, never its value.' },
    problems: ['validation', 'not-found'],
  })
  facts(@Param('siteId', { schema: Id }) siteId: string): Promise<ClientSecretFacts> {
    return this.secrets.facts(siteId);
  }

  @Delete()
  @Operation({
    id: 'forgetClientSecret',
    needs: 'administrator',
    summary: 'Forget the client secret',
    answer: { status: 204, description: 'Forgotten.' },
    problems: ['validation', 'not-found'],
  })
  forget(@Param('siteId', { schema: Id }) siteId: string): Promise<void> {
    return this.secrets.forget(siteId);
  }
}
