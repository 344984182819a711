import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Comparison, type Language as LanguageName } from '@mailpath/protocol';
import { Id } from '../../platform/fields.ts';
import { Language } from '../../platform/language/language.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { ChangesQuery, ComparisonChanges, ComparisonQuery } from './comparison.query.ts';
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
      'every row names the cells that differ from their siblings of the same role. Of a past moment, or of a baseline, it shows the servers and checks that are there now, their agents as they are now, and names no findings.',
    answer: { schema: Comparison, description: 'The comparison as of now, or of the moment asked for.' },
    problems: ['validation', 'not-found'],
    words: true,
  })
  get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: ComparisonQuery }) moment: ComparisonQuery,
    @Language() language: LanguageName,
  ): Promise<Comparison> {
    return this.comparisons.of(siteId, language, moment);
  }

  @Get('changes')
  @Operation({
    id: 'getComparisonChanges',
    needs: 'viewer',
    summary: 'Read what has changed since a moment, or beside a baseline',
    description:
      'Cells whose outcome, phase or code is another: what got worse first. Results that were too old at their moment do not count.',
    answer: { schema: ComparisonChanges, description: 'The cells that changed.' },
    problems: ['validation', 'not-found'],
    words: true,
  })
  changes(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: ChangesQuery }) { since, baseline, until }: ChangesQuery,
    @Language() language: LanguageName,
  ): Promise<ComparisonChanges> {
    return this.comparisons.changes(siteId, language, { at: since, baseline }, { at: until });
  }
}
