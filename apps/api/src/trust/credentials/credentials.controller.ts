import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Address } from '../../estate/mailboxes/mailbox.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { PageQuery, type Page } from '../../platform/page.ts';
import { type CredentialFacts, CredentialPage } from './credential.ts';
import { CredentialsService } from './credentials.service.ts';

@ApiTags('Credentials')
@Controller('v1/sites/:siteId/credentials')
export class CredentialsController {
  constructor(private readonly credentials: CredentialsService) {}

  @Get()
  @Operation({
    id: 'listCredentials',
    needs: 'viewer',
    summary: 'List the users who have signed in, with facts about their tokens',
    description: 'The tokens themselves are kept encrypted and never shown.',
    answer: { schema: CredentialPage, description: 'One page, in the order of the user names.' },
    problems: ['validation', 'not-found'],
  })
  list(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<CredentialFacts>> {
    return this.credentials.list(siteId, query);
  }

  @Delete(':userName')
  @Operation({
    id: 'forgetCredential',
    needs: 'administrator',
    summary: "Forget a user's tokens",
    description: 'Entra is not told: to make the tokens worthless there, revoke the sessions of the user.',
    answer: {
      status: 204,
      description: 'Forgotten; the user has to sign in again before anything is checked.',
    },
    problems: ['validation', 'not-found'],
  })
  forget(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('userName', { schema: Address }) userName: string,
  ): Promise<void> {
    return this.credentials.forget(siteId, userName);
  }
}
