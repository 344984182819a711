import { Controller, Get, Header, Headers, Post, Query, Redirect, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Operation } from '../../platform/openapi/operation.ts';
import { browserCookie, browserIn } from './browser-cookie.ts';
import { PublicAddress } from './public-address.ts';
import { SignInStarts } from './sign-in-starts.service.ts';
import { startPage } from './start-page.ts';

const ticket = 'this is not an address that a sign-in starts at: open the whole startUrl';
const Start = z.object({ ticket: z.string(ticket).regex(/^[A-Za-z0-9_-]{43}$/, ticket) });
type Start = z.infer<typeof Start>;

@ApiTags('Sign-ins')
@Controller('v1/sign-ins/start')
export class StartController {
  constructor(
    private readonly starts: SignInStarts,
    private readonly address: PublicAddress,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Operation({
    id: 'openSignIn',
    needs: 'anyone',
    summary: 'The page at which a sign-in starts',
    description: 'Opened by the browser in which the user signs in, not by programs.',
    answer: { description: 'A page that says for what one signs in, with a button that leads on.' },
    problems: ['validation', 'not-found', 'conflict'],
    page: true,
    shown: true,
  })
  async open(
    @Query({ schema: Start }) asked: Start,
    @Headers('cookie') cookies: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const offer = await this.starts.offer(asked.ticket);
    void reply.headers({
      'set-cookie': browserCookie(offer.id, browserIn(cookies, offer.id), this.address.isSecure),
      // Browsers hold the redirect that answers the form to this list as well.
      'content-security-policy': `default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self' ${offer.loginOrigin}`,
    });
    return startPage(offer);
  }

  @Post()
  @Redirect()
  @Operation({
    id: 'beginSignIn',
    needs: 'anyone',
    summary: 'Go on from that page to Entra ID',
    description: 'Works once, in the browser that opened the page; the same browser has to come back.',
    answer: { status: 303, description: 'Off to the sign-in page of Entra ID.' },
    problems: ['validation', 'not-found', 'conflict'],
    shown: true,
  })
  async begin(
    @Query({ schema: Start }) asked: Start,
    @Headers('cookie') cookies: string | undefined,
  ): Promise<{ url: string; statusCode: 303 }> {
    const url = await this.starts.start(asked.ticket, (id) => browserIn(cookies, id));
    return { url, statusCode: 303 };
  }
}
