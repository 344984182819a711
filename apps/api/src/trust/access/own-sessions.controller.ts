import { Controller, Delete, Get, Param, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Id } from '../../platform/fields.ts';
import { CalledBy, type Caller } from '../../platform/http/caller.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { OwnSessionList } from './own-session.ts';
import { OwnSessions } from './own-sessions.service.ts';
import { cookieOf } from './session-cookie.ts';

/** The session that a request came with; none where it came with an API key. */
const presentOf = (request: FastifyRequest): string | null =>
  request.headers.authorization === undefined ? cookieOf(request) : null;

@ApiTags('People and programs')
@Controller('v1/sessions')
export class OwnSessionsController {
  constructor(private readonly sessions: OwnSessions) {}

  @Get()
  @Operation({
    id: 'listOwnSessions',
    needs: 'signed-in',
    summary: 'List where you are signed in',
    description: 'Sessions of your own that have not ended, the newest first, at most 200.',
    answer: { schema: OwnSessionList, description: 'The sessions.' },
  })
  async list(@CalledBy() caller: Caller, @Req() request: FastifyRequest): Promise<OwnSessionList> {
    return { items: await this.sessions.list(caller, presentOf(request)) };
  }

  @Delete(':sessionId')
  @Operation({
    id: 'endOwnSession',
    needs: 'signed-in',
    summary: 'End one of your sessions',
    answer: { status: 204, description: 'That browser is signed out.' },
    problems: ['validation', 'not-found'],
  })
  async end(
    @CalledBy() caller: Caller,
    @Param('sessionId', { schema: Id }) sessionId: string,
  ): Promise<void> {
    await this.sessions.end(caller, sessionId);
  }

  @Delete()
  @Operation({
    id: 'endOtherSessions',
    needs: 'signed-in',
    summary: 'End all other sessions of yours',
    description: 'All but the one that asks. An API key in the header is no session: with it nothing ends.',
    answer: { status: 204, description: 'All other browsers are signed out.' },
  })
  async endOthers(@CalledBy() caller: Caller, @Req() request: FastifyRequest): Promise<void> {
    const present = presentOf(request);
    if (present !== null) await this.sessions.endOthers(caller, present);
  }
}
