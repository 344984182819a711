import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CATALOGUE } from '@mailpath/checks';
import { STATEMENTS_URL } from '@mailpath/protocol';
import { z } from 'zod';
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
  })
  list(@Query({ schema: PageQuery }) { limit, cursor }: PageQuery): Page<CatalogueEntry> {
    const [seen] = decodeCursor(cursor, z.tuple([z.int().min(0)])) ?? [0];
    const numbered = CATALOGUE.map((check, index) => ({ check, index })).slice(seen);
    return toPage(
      numbered,
      limit,
      ({ index }) => [index + 1],
      ({ check: { id, title, proves, target, statements } }) => ({
        id,
        title,
        proves,
        target,
        statements: [...statements],
        statementsUrl: STATEMENTS_URL,
      }),
    );
  }
}
