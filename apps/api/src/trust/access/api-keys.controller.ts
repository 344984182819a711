import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { PageQuery, type Page } from '../../platform/page.ts';
import { ApiKeyCreation, ApiKeyPage, NewApiKey, ApiKey } from './api-key.ts';
import { ApiKeysService } from './api-keys.service.ts';

@ApiTags('People and programs')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @Operation({
    id: 'listApiKeys',
    needs: 'administrator',
    summary: 'List the API keys, revoked ones included',
    answer: { schema: ApiKeyPage, description: 'The keys, without their secret, oldest first.' },
    problems: ['validation'],
  })
  list(@Query({ schema: PageQuery }) query: PageQuery): Promise<Page<ApiKey>> {
    return this.keys.list(query);
  }

  @Post()
  @Operation({
    id: 'createApiKey',
    needs: 'administrator',
    summary: 'Create an API key',
    answer: {
      status: 201,
      schema: NewApiKey,
      description: 'The key. It is shown this once and never again.',
    },
    problems: ['validation'],
    location: '/v1/api-keys/{id}',
    idempotent: true,
  })
  create(@Body({ schema: ApiKeyCreation }) body: ApiKeyCreation): Promise<NewApiKey> {
    return this.keys.create(body);
  }

  @Get(':keyId')
  @Operation({
    id: 'getApiKey',
    needs: 'administrator',
    summary: 'Read an API key: its name, and whether it was revoked',
    answer: { schema: ApiKey, description: 'The key, without its secret.' },
    problems: ['validation', 'not-found'],
  })
  get(@Param('keyId', { schema: Id }) keyId: string): Promise<ApiKey> {
    return this.keys.get(keyId);
  }

  @Delete(':keyId')
  @Operation({
    id: 'revokeApiKey',
    needs: 'administrator',
    summary: 'Revoke an API key',
    answer: { status: 204, description: 'The key is refused from now on.' },
    problems: ['validation', 'not-found', 'conflict'],
  })
  revoke(@Param('keyId', { schema: Id }) keyId: string): Promise<void> {
    return this.keys.revoke(keyId);
  }
}
