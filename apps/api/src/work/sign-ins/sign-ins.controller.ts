import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { PageQuery, type Page } from '../../platform/page.ts';
import { NewSignIn, SignIn, SignInAnswer, SignInCreation, SignInPage } from './sign-in.ts';
import { SignInsService } from './sign-ins.service.ts';

@ApiTags('Sign-ins')
@Controller('v1/sites/:siteId/sign-ins')
export class SignInsController {
  constructor(private readonly signIns: SignInsService) {}

  @Post()
  @Operation({
    id: 'startSignIn',
    needs: 'operator',
    summary: "Start a user's sign-in, whose first token an application server obtains",
    description:
      'Open `startUrl` (or `authorizeUrl`, where a redirect URI was given) in a private window and sign in as the user. GET the sign-in ' +
      'to follow it. Tokens of anybody else are not kept. 409 when the site lacks tenant, client id or client secret, or when the agent ' +
      'is not connected, not approved, or too old.',
    answer: {
      status: 201,
      schema: NewSignIn,
      description: 'The sign-in. The address to open is shown this once and works once, within 15 minutes.',
    },
    problems: ['validation', 'not-found', 'conflict'],
    location: '/v1/sites/{siteId}/sign-ins/{id}',
    idempotent: true,
  })
  create(
    @Param('siteId', { schema: Id }) siteId: string,
    @Body({ schema: SignInCreation }) body: SignInCreation,
  ): Promise<NewSignIn> {
    return this.signIns.create(siteId, body);
  }

  @Get()
  @Operation({
    id: 'listSignIns',
    needs: 'viewer',
    summary: 'List the sign-ins of a site, newest first',
    answer: { schema: SignInPage, description: 'One page of sign-ins.' },
    problems: ['validation', 'not-found'],
  })
  list(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<SignIn>> {
    return this.signIns.list(siteId, query);
  }

  @Get(':signInId')
  @Operation({
    id: 'getSignIn',
    needs: 'viewer',
    summary: 'Follow a sign-in',
    answer: { schema: SignIn, description: 'The sign-in as it stands.' },
    problems: ['validation', 'not-found'],
  })
  get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('signInId', { schema: Id }) signInId: string,
  ): Promise<SignIn> {
    return this.signIns.get(siteId, signInId);
  }

  @Post(':signInId/answer')
  @Operation({
    id: 'answerSignIn',
    needs: 'operator',
    summary: 'Hand in the address at which the browser ended',
    description:
      'For a redirect URI that does not lead to Mailpath. 409 when the sign-in was answered before or has expired.',
    answer: { schema: SignIn, description: 'The sign-in as it stands.' },
    problems: ['validation', 'not-found', 'conflict'],
  })
  answer(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('signInId', { schema: Id }) signInId: string,
    @Body({ schema: SignInAnswer }) body: SignInAnswer,
  ): Promise<SignIn> {
    return this.signIns.answer(siteId, signInId, body.url);
  }
}
