import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Language as LanguageName } from '@mailpath/protocol';
import { Id } from '../../platform/fields.ts';
import { Language } from '../../platform/language/language.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { SiteVerdict } from './verdict.ts';
import { VerdictsService } from './verdicts.service.ts';

@ApiTags('Findings')
@Controller('v1/sites/:siteId/verdict')
export class VerdictsController {
  constructor(private readonly verdicts: VerdictsService) {}

  @Get()
  @Operation({
    id: 'getVerdict',
    needs: 'viewer',
    summary: 'Say of a site in one word whether its servers can use Microsoft 365 mail',
    description:
      '`unsafe` while an error is open; `unknown` while no server has told anything that is still of now; `watch` while a warning is open, a ' +
      'failure waits to be confirmed, or a server does not report; `safe` otherwise.',
    answer: { schema: SiteVerdict, description: 'The verdict, since when it holds, and the worst finding.' },
    problems: ['validation', 'not-found'],
    words: true,
  })
  get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Language() language: LanguageName,
  ): Promise<SiteVerdict> {
    return this.verdicts.of(siteId, language);
  }
}
