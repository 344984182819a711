import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Language as LanguageName } from '@mailpath/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { limitKey } from '../../platform/caller-address.ts';
import { ERROR_STATUS } from '../../platform/errors.ts';
import { setCaller } from '../../platform/http/caller.ts';
import { PAGE_POLICY } from '../../platform/http/person-page.ts';
import { Language } from '../../platform/language/language.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { browserOf } from '../access/browser-name.ts';
import { giveCookie } from '../access/session-cookie.ts';
import { OpenIdCallback } from './callback.ts';
import { browserCookie, browserSecretIn } from './openid-cookie.ts';
import { OpenIdProvider } from './openid-provider.service.ts';
import { OpenIdSignIns } from './openid-sign-ins.service.ts';
import { refusalPage } from './refusal-page.ts';
import { OpenIdRefusal } from './refusal.ts';
import { ReturnPath } from './return-path.ts';
import { SignInOffer } from './sign-in-offer.ts';

const Start = z.object({ page: ReturnPath });
type Start = z.infer<typeof Start>;
/** Seconds until another try, where the provider does not answer. */
const RETRY_SECONDS = 30;

@ApiTags('People and programs')
@Controller('v1/session')
export class OpenIdController {
  constructor(
    private readonly provider: OpenIdProvider,
    private readonly signIns: OpenIdSignIns,
  ) {}

  @Get('offer')
  @Operation({
    id: 'getSignInOffer',
    needs: 'anyone',
    summary: 'Say by what a browser can sign in',
    answer: { schema: SignInOffer, description: 'What the sign-in page shows beside name and password.' },
  })
  offer(): SignInOffer {
    return { openId: this.provider.isOffered };
  }

  @Get('openid')
  @Operation({
    id: 'beginOpenIdSignIn',
    needs: 'anyone',
    summary: 'Go to the sign-in page of the OpenID provider',
    description:
      'Opened by the browser that signs in, not by programs. Authorization code flow with PKCE, state and nonce; the same browser has to come back within ten minutes. Where the provider does not answer, 503 is a page that says so.',
    answer: { status: 303, description: 'Off to the provider. Set-Cookie marks the browser.' },
    problems: ['validation', 'not-found'],
    shown: true,
  })
  async begin(
    @Query({ schema: Start }) { page }: Start,
    @Headers('cookie') cookies: string | undefined,
    @Language() language: LanguageName,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { isSecure } = this.provider;
    return this.#orPage(language, reply, async () => {
      const { url, secret } = await this.signIns.begin(browserSecretIn(cookies, isSecure), page);
      void reply.header('set-cookie', browserCookie(secret, isSecure));
      return url;
    });
  }

  @Get('openid/callback')
  @Operation({
    id: 'completeOpenIdSignIn',
    needs: 'anyone',
    changes: true,
    summary: 'Where the OpenID provider sends the browser back to',
    description:
      'Opened by the browser, not by programs. The user is known by issuer and subject, is made at the first sign-in, and has the roles that MAILPATH_OPENID_ROLES gives to the groups and app roles of the token at each sign-in. The session is that of `POST /v1/session`. A refusal is a page for a person.',
    answer: {
      status: 303,
      description: 'Signed in; Set-Cookie holds the session. On to the page that was asked for.',
    },
    problems: ['validation', 'not-found', 'unauthorized'],
    shown: true,
  })
  async complete(
    @Query({ schema: OpenIdCallback }) { state }: OpenIdCallback,
    @Headers('cookie') cookies: string | undefined,
    @Language() language: LanguageName,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { isSecure, settings } = this.provider;
    return this.#orPage(language, reply, async () => {
      const begin = request.url.indexOf('?');
      const search = begin < 0 ? '' : request.url.slice(begin);
      const secret = browserSecretIn(cookies, isSecure);
      const browser = browserOf(request.headers['user-agent']);
      const done = await this.signIns.complete({ search, state }, secret, limitKey(request.ip), browser);
      setCaller(request, done.caller);
      giveCookie(request, reply, done.token);
      return `${settings.publicUrl}${done.returnPath}`;
    });
  }

  /** Leads on, or tells a person why not: whom the provider sent back is shown no JSON for that. */
  async #orPage(language: LanguageName, reply: FastifyReply, work: () => Promise<string>): Promise<string> {
    try {
      void reply.header('location', await work());
      return '';
    } catch (error) {
      if (!(error instanceof OpenIdRefusal)) throw error;
      void reply.status(ERROR_STATUS[error.code]).headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': PAGE_POLICY,
        ...(error.code === 'unauthorized' && { 'www-authenticate': 'Bearer realm="mailpath"' }),
        ...(error.code === 'unavailable' && { 'retry-after': String(RETRY_SECONDS) }),
      });
      return refusalPage(error.reason, language, this.provider.settings.publicUrl);
    }
  }
}
