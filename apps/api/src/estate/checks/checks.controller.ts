import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CATALOGUE } from '@mailpath/checks';
import { checkFacts, checkWords, STATEMENTS_URL, type Language as LanguageName } from '@mailpath/protocol';
import { z } from 'zod';
import { Language } from '../../platform/language/language.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { decodeCursor, PageQuery, toPage, type Page } from '../../platform/page.ts';
import { CataloguePage, type CatalogueEntry } from './catalogue-entry.ts';

@ApiTags('Checks')
@Controller('v1/checks')
export class ChecksController {
  @Get()
  @Operation({
    id: 'listChecks',
    needs: 'signed-in',
    summary: 'List the checks that agents can run',
    answer: { schema: CataloguePage, description: 'The catalogue, in the order of reading.' },
    problems: ['validation'],
    words: true,
  })
  list(
    @Query({ schema: PageQuery }) { limit, cursor }: PageQuery,
    @Language() language: LanguageName,
  ): Page<CatalogueEntry> {
    const [seen] = decodeCursor(cursor, z.tuple([z.int().min(0)])) ?? [0];
    const numbered = CATALOGUE.map((check, index) => ({ check, index })).slice(seen);
    return toPage(
      numbered,
      limit,
      ({ index }) => [index + 1],
      ({ check }) => entryOf(check, language),
    );
  }
}

function entryOf(check: (typeof CATALOGUE)[number], language: LanguageName): CatalogueEntry {
  const { lane, phases } = checkFacts(check.id);
  const { id, target, statements } = check;
  return {
    id,
    ...checkWords(check, language),
    target,
    statements: [...statements],
    statementsUrl: STATEMENTS_URL,
    lane,
    phases: [...phases],
  };
}
