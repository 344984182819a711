import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Checklist, ExternalTest, type Language as LanguageName } from '@mailpath/protocol';
import { Id } from '../../platform/fields.ts';
import { Language } from '../../platform/language/language.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { ChecklistService } from './checklist.service.ts';
import { ExternalTestRecord } from './external-test.ts';
import { ExternalTestsService } from './external-tests.service.ts';

@ApiTags('Checklist')
@Controller('v1/sites/:siteId')
export class ChecklistController {
  constructor(
    private readonly checklist: ChecklistService,
    private readonly tests: ExternalTestsService,
  ) {}

  @Get('checklist')
  @Operation({
    id: 'getChecklist',
    needs: 'viewer',
    summary: "Judge a site by Cisco's checklist, item by item",
    description:
      'C1 to C11 of the document and X1 to X9 that real errors point to, each for the site, its servers or its mailboxes: `holds` only where ' +
      'something shows it, `broken` with what to do, `cannot-tell` with what is needed so that it can be told. `readiness` says of every ' +
      'mailbox and server whether sending goes on once basic authentication for SMTP AUTH is off (December 2026). In the language of ' +
      'Accept-Language, English or Japanese.',
    answer: { schema: Checklist, description: 'The checklist as of now.' },
    problems: ['validation', 'not-found'],
    words: true,
  })
  get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Language() language: LanguageName,
  ): Promise<Checklist> {
    return this.checklist.of(siteId, language);
  }

  @Put('external-test')
  @Operation({
    id: 'recordExternalTest',
    needs: 'operator',
    summary: "Record a run of Microsoft's connectivity test (C11)",
    description:
      'A person runs it at https://testconnectivity.microsoft.com/tests/o365. It takes the place of the run recorded before.',
    answer: { schema: ExternalTest, description: 'The run as it is kept.' },
    problems: ['validation', 'not-found'],
  })
  record(
    @Param('siteId', { schema: Id }) siteId: string,
    @Body({ schema: ExternalTestRecord }) body: ExternalTestRecord,
  ): Promise<ExternalTest> {
    return this.tests.record(siteId, body);
  }
}
