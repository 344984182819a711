import { Controller, Get, Header, Headers, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../platform/openapi/operation.ts';
import { browserIn } from './browser-cookie.ts';
import { Callback, callbackPage } from './callback.ts';
import { SignInsService } from './sign-ins.service.ts';

@ApiTags('Sign-ins')
@Controller('v1/sign-ins')
export class CallbackController {
  constructor(private readonly signIns: SignInsService) {}

  @Get('callback')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header(
    'content-security-policy',
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  )
  @Operation({
    id: 'completeSignIn',
    needs: 'anyone',
    changes: true,
    summary: 'Where Entra sends the browser after a sign-in',
    description:
      'Opened by the browser, not by programs. The state is good once, within 15 minutes, and in the browser that started the sign-in.',
    answer: { description: 'A page that says how to go on.' },
    problems: ['validation', 'not-found', 'conflict', 'unavailable'],
    page: true,
  })
  async complete(
    @Query({ schema: Callback }) callback: Callback,
    @Headers('cookie') cookies: string | undefined,
  ): Promise<string> {
    return callbackPage(await this.signIns.callBack(callback, (id) => browserIn(cookies, id)));
  }
}
