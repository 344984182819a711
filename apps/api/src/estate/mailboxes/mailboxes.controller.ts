import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { PageQuery, type Page } from '../../platform/page.ts';
import { type Condition, IfMatch } from '../../platform/http/version.ts';
import { Mailbox, MAILBOX_FIELDS, MailboxChange, MailboxCreation, MailboxPage } from './mailbox.ts';
import { MailboxesService } from './mailboxes.service.ts';

@ApiTags('Mailboxes')
@Controller('v1/sites/:siteId/mailboxes')
export class MailboxesController {
  constructor(private readonly mailboxes: MailboxesService) {}

  @Get()
  @Operation({
    id: 'listMailboxes',
    needs: 'viewer',
    summary: 'List the mailboxes of a site',
    answer: { schema: MailboxPage, description: 'One page of mailboxes, oldest first.' },
    problems: ['validation', 'not-found'],
  })
  list(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<Mailbox>> {
    return this.mailboxes.list(siteId, query);
  }

  @Post()
  @Operation({
    id: 'createMailbox',
    needs: 'operator',
    summary: 'Add a mailbox that the site fetches from or sends from',
    description:
      '`userName` is whose sign-in opens it: left out, its own; for a shared account, that account. Nothing signs in before that user has.',
    answer: { status: 201, schema: Mailbox, description: 'The mailbox, with its name in results.' },
    problems: ['validation', 'not-found', 'conflict'],
    location: '/v1/sites/{siteId}/mailboxes/{id}',
    version: MAILBOX_FIELDS,
    idempotent: true,
  })
  create(
    @Param('siteId', { schema: Id }) siteId: string,
    @Body({ schema: MailboxCreation }) body: MailboxCreation,
  ): Promise<Mailbox> {
    return this.mailboxes.create(siteId, body);
  }

  @Get(':mailboxId')
  @Operation({
    id: 'getMailbox',
    needs: 'viewer',
    summary: 'Read a mailbox',
    answer: { schema: Mailbox, description: 'The mailbox.' },
    problems: ['validation', 'not-found'],
    version: MAILBOX_FIELDS,
  })
  get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('mailboxId', { schema: Id }) mailboxId: string,
  ): Promise<Mailbox> {
    return this.mailboxes.get(siteId, mailboxId);
  }

  @Patch(':mailboxId')
  @Operation({
    id: 'changeMailbox',
    needs: 'operator',
    summary: 'Change a mailbox',
    description:
      'A field that is left out stays as it is. The address stays: retire the mailbox and add another.',
    answer: { schema: Mailbox, description: 'The mailbox as it is now.' },
    problems: ['validation', 'not-found'],
    version: MAILBOX_FIELDS,
    conditional: true,
  })
  change(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('mailboxId', { schema: Id }) mailboxId: string,
    @Body({ schema: MailboxChange }) body: MailboxChange,
    @IfMatch() condition: Condition,
  ): Promise<Mailbox> {
    return this.mailboxes.change(siteId, mailboxId, body, condition);
  }

  @Delete(':mailboxId')
  @Operation({
    id: 'retireMailbox',
    needs: 'operator',
    summary: 'Retire a mailbox: nothing signs in to it any more',
    description: 'Its history stays; its name and address become free.',
    answer: { status: 204, description: 'Retired.' },
    problems: ['validation', 'not-found'],
    conditional: true,
  })
  retire(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('mailboxId', { schema: Id }) mailboxId: string,
    @IfMatch() condition: Condition,
  ): Promise<void> {
    return this.mailboxes.retire(siteId, mailboxId, condition);
  }
}
