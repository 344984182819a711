import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Language as Languages } from '@mailpath/protocol';
import { Id } from '../../platform/fields.ts';
import { Language } from '../../platform/language/language.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { AuthorizeUrlReading, PastedAuthorizeUrl, Settings } from './settings.ts';
import { SettingsService } from './settings.service.ts';

@ApiTags('Settings')
@Controller('v1/sites/:siteId')
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @Get('settings')
  @Operation({
    id: 'getSettings',
    needs: 'viewer',
    summary: 'Judge the settings of a site',
    description:
      'Version, external URL, redirect URI, tokens, protocols and licences (C1 to C7 of the checklist), each by what is entered ' +
      'and by the newest results of the servers. `cannot-tell` where a fact is missing or does not decide. In the language of Accept-Language, English or Japanese.',
    answer: { schema: Settings, description: 'The verdicts in the order of the checklist.' },
    problems: ['validation', 'not-found'],
    words: true,
  })
  get(@Param('siteId', { schema: Id }) siteId: string, @Language() language: Languages): Promise<Settings> {
    return this.settings.of(siteId, language);
  }

  @Post('authorize-url')
  @Operation({
    id: 'readAuthorizeUrl',
    needs: 'operator',
    summary: "Take apart the address of Microsoft's sign-in page as ECE opens it",
    description:
      'Start the sign-in in ECE and paste the address of the first Microsoft page. It tells tenant, client id, redirect URI, scopes and cloud ' +
      'of ECE, whatever its version. `state`, `nonce` and `code_challenge` are neither kept nor answered. With `apply` the site takes over ' +
      'tenant (unless it is common, organizations or consumers), client id, redirect URI and cloud.',
    answer: { schema: AuthorizeUrlReading, description: 'Its parts, judged against the site as it is now.' },
    problems: ['validation', 'not-found'],
    words: true,
  })
  read(
    @Param('siteId', { schema: Id }) siteId: string,
    @Body({ schema: PastedAuthorizeUrl }) body: PastedAuthorizeUrl,
    @Language() language: Languages,
  ): Promise<AuthorizeUrlReading> {
    return this.settings.read(siteId, body, language);
  }
}
