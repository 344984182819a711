import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Comparison, type Language as LanguageName } from '@mailpath/protocol';
import { Id } from '../../platform/fields.ts';
import { Language } from '../../platform/language/language.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { ComparisonsService } from './comparisons.service.ts';

@ApiTags('Comparison')
@Controller('v1/sites/:siteId/comparison')
export class ComparisonsController {
  constructor(private readonly comparisons: ComparisonsService) {}

  @Get()
  @Operation({
    id: 'getComparison',
    needs: 'viewer',
    summary: 'Compare the servers of a site, check by check',
    description:
      'Rows are checks, columns are servers. Every cell holds the newest outcome, the phase that failed, milliseconds, when it was observed, and the finding that explains it; ' +
      'every row names the cells that differ from their siblings of the same role.',
    answer: { schema: Comparison, description: 'The comparison as of now.' },
    problems: ['validation', 'not-found'],
    words: true,
  })
  get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Language() language: LanguageName,
  ): Promise<Comparison> {
    return this.comparisons.of(siteId, language);
  }
}
