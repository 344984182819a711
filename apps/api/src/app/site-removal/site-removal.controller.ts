import { Controller, Delete, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Id } from '../../platform/fields.ts';
import { type Condition, IfMatch } from '../../platform/http/version.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { SiteRemoval } from './site-removal.service.ts';
import { siteNameToConfirm } from './field-refusals.ts';
import { said } from '../../platform/refusal.ts';

const Confirmation = z.strictObject({
  name: z
    .string(said(siteNameToConfirm()))
    .max(400)
    .describe('The name of the site, as it is now: nobody ends the wrong one by a wrong id.'),
});
type Confirmation = z.infer<typeof Confirmation>;

@ApiTags('Sites')
@Controller('v1/sites')
export class SiteRemovalController {
  constructor(private readonly removal: SiteRemoval) {}

  @Delete(':siteId')
  @Operation({
    id: 'deleteSite',
    needs: 'administrator',
    summary: 'Delete a site with everything that belongs to it',
    description:
      'Servers, agents, mailboxes, secrets, results, findings and runs go along, for good; its agents are refused from now on. ' +
      'Export what you still need first. A site that a request was ended in the middle of is deleted by asking again.',
    answer: { status: 204, description: 'Nothing of the site is left.' },
    problems: ['validation', 'not-found'],
    conditional: true,
  })
  delete(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: Confirmation }) { name }: Confirmation,
    @IfMatch() condition: Condition,
  ): Promise<void> {
    return this.removal.remove(siteId, name, condition);
  }
}
