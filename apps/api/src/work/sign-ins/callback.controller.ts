import { Controller, Get, Header, Headers, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Language as LanguageName } from '@mailpath/protocol';
import { PAGE_POLICY } from '../../platform/http/person-page.ts';
import { Language } from '../../platform/language/language.ts';
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
  @Header('content-security-policy', PAGE_POLICY)
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
    shown: true,
  })
  async complete(
    @Query({ schema: Callback }) callback: Callback,
    @Headers('cookie') cookies: string | undefined,
    @Language() language: LanguageName,
  ): Promise<string> {
    return callbackPage(await this.signIns.callBack(callback, (id) => browserIn(cookies, id)), language);
  }
}
