import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { type Condition, IfMatch } from '../../platform/http/version.ts';
import { Site, SITE_FIELDS, SiteChange, SiteCreation } from './site.ts';
import { SitesService } from './sites.service.ts';

@ApiTags('Sites')
@Controller('v1/sites')
export class SitesController {
  constructor(private readonly sites: SitesService) {}

  @Post()
  @Operation({
    id: 'createSite',
    needs: 'administrator',
    summary: 'Create a site: one ECE installation',
    answer: { status: 201, schema: Site, description: 'The site.' },
    problems: ['validation', 'conflict'],
    location: '/v1/sites/{id}',
    version: SITE_FIELDS,
    idempotent: true,
  })
  create(@Body({ schema: SiteCreation }) body: SiteCreation): Promise<Site> {
    return this.sites.create(body);
  }

  @Get(':siteId')
  @Operation({
    id: 'getSite',
    needs: 'viewer',
    summary: 'Read a site',
    answer: { schema: Site, description: 'The site.' },
    problems: ['validation', 'not-found'],
    version: SITE_FIELDS,
  })
  get(@Param('siteId', { schema: Id }) siteId: string): Promise<Site> {
    return this.sites.get(siteId);
  }

  @Patch(':siteId')
  @Operation({
    id: 'changeSite',
    needs: 'administrator',
    summary: 'Change a site',
    description:
      'A field that is left out stays as it is. `targets` and `extraTargets` are replaced as a whole.',
    answer: { schema: Site, description: 'The site as it is now; its agents are told at once.' },
    problems: ['validation', 'not-found', 'conflict'],
    version: SITE_FIELDS,
    conditional: true,
  })
  change(
    @Param('siteId', { schema: Id }) siteId: string,
    @Body({ schema: SiteChange }) body: SiteChange,
    @IfMatch() condition: Condition,
  ): Promise<Site> {
    return this.sites.change(siteId, body, condition);
  }
}
