import { Body, Controller, Delete, Get, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { limitKey } from '../../platform/caller-address.ts';
import { MailpathError } from '../../platform/errors.ts';
import { CalledBy, type Caller } from '../../platform/http/caller.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { browserOf } from './browser-name.ts';
import { Callers } from './callers.service.ts';
import { PasswordChange, Session, SessionOpening } from './session.ts';
import { cookieOf, giveCookie, takeCookie } from './session-cookie.ts';
import { Sessions } from './sessions.service.ts';
import { UsersService } from './users.service.ts';
import { keyHasNoPassword } from '../refusals.ts';

@ApiTags('People and programs')
@Controller('v1/session')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly callers: Callers,
    private readonly users: UsersService,
  ) {}

  @Post()
  @Operation({
    id: 'openSession',
    needs: 'anyone',
    summary: 'Sign a browser in',
    description:
      'With name and password, with the code of a sign-in link, or with an API key. The answer sets the cookie mailpath_session (HttpOnly, SameSite=Strict) for 12 hours. ' +
      'With the cookie, a change is accepted only with Sec-Fetch-Site: same-origin, which browsers send by themselves.',
    answer: { status: 204, description: 'Signed in; Set-Cookie holds the session.' },
    problems: ['validation', 'unauthorized'],
  })
  async open(
    @Body({ schema: SessionOpening }) opening: SessionOpening,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const browser = browserOf(request.headers['user-agent']);
    giveCookie(request, reply, await this.sessions.open(opening, limitKey(request.ip), browser));
  }

  @Get()
  @Operation({
    id: 'getSession',
    needs: 'signed-in',
    summary: 'Say who is signed in, and what they may do',
    answer: { schema: Session, description: 'The user or the API key that sent this request.' },
  })
  async get(@CalledBy() caller: Caller, @Req() request: FastifyRequest): Promise<Session> {
    const token = request.headers.authorization === undefined ? cookieOf(request) : null;
    const session = token === null ? null : await this.callers.bySession(token);
    return {
      kind: caller.kind,
      id: caller.id,
      name: caller.name,
      role: caller.role,
      sites: [...caller.sites].map(([siteId, role]) => ({ siteId, role })),
      expiresAt: session?.expiresAt.toISOString() ?? null,
      openId: caller.kind === 'user' && (await this.users.get(caller.id)).openId !== null,
    };
  }

  @Delete()
  @Operation({
    id: 'endSession',
    needs: 'signed-in',
    summary: 'Sign the browser out',
    answer: { status: 204, description: 'The session has ended.' },
  })
  async end(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const token = cookieOf(request);
    if (token !== null) await this.sessions.end(token);
    takeCookie(request, reply);
  }

  @Put('password')
  @Operation({
    id: 'changePassword',
    needs: 'signed-in',
    summary: 'Set your own password',
    description:
      'All other sessions of yours end. `present` is null for who has no password yet and came by a link.',
    answer: { status: 204, description: 'The password is set; Set-Cookie holds a new session.' },
    problems: ['validation', 'conflict'],
  })
  async changePassword(
    @CalledBy() caller: Caller,
    @Body({ schema: PasswordChange }) { present, next }: PasswordChange,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (caller.kind !== 'user') throw new MailpathError('conflict', keyHasNoPassword());
    await this.users.changePassword(caller.id, present, next);
    giveCookie(
      request,
      reply,
      await this.sessions.begin({ userId: caller.id }, browserOf(request.headers['user-agent'])),
    );
  }
}
