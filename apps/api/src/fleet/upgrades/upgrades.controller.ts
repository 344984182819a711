import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { AgentVersionList, Upgrade, UpgradeCreation, UpgradeList } from './upgrade.ts';
import { UpgradesService } from './upgrades.service.ts';

@ApiTags('Agents')
@Controller('v1/sites/:siteId')
export class UpgradesController {
  constructor(private readonly upgrades: UpgradesService) {}

  @Get('agent-versions')
  @Operation({
    id: 'listAgentVersions',
    needs: 'viewer',
    summary: 'List which version runs on which server, and where upgrades are allowed',
    answer: { schema: AgentVersionList, description: 'The servers of the site, by name.' },
    problems: ['validation', 'not-found'],
  })
  async versions(@Param('siteId', { schema: Id }) siteId: string): Promise<AgentVersionList> {
    return { items: await this.upgrades.versions(siteId) };
  }

  @Post('upgrades')
  @Operation({
    id: 'beginUpgrade',
    needs: 'administrator',
    summary: 'Begin to upgrade the agents of a site',
    description:
      'Offers a signed bundle of `/downloads` to the servers whose own administrator has allowed it: one server first, then group by group. A server keeps it when it has joined and had a round acknowledged within two minutes, and goes back otherwise; the first one that does not keep it ends the upgrade.',
    answer: { status: 201, schema: Upgrade, description: 'The upgrade, with its servers.' },
    problems: ['validation', 'not-found', 'conflict'],
    location: '/v1/sites/{siteId}/upgrades/{id}',
    idempotent: true,
  })
  begin(
    @Param('siteId', { schema: Id }) siteId: string,
    @Body({ schema: UpgradeCreation }) body: UpgradeCreation,
  ): Promise<Upgrade> {
    return this.upgrades.begin(siteId, body);
  }

  @Get('upgrades')
  @Operation({
    id: 'listUpgrades',
    needs: 'viewer',
    summary: 'List the last twenty upgrades of a site',
    answer: { schema: UpgradeList, description: 'Upgrades, the newest first.' },
    problems: ['validation', 'not-found'],
  })
  async list(@Param('siteId', { schema: Id }) siteId: string): Promise<UpgradeList> {
    return { items: await this.upgrades.list(siteId) };
  }

  @Get('upgrades/:upgradeId')
  @Operation({
    id: 'getUpgrade',
    needs: 'viewer',
    summary: 'Read an upgrade, with what has become of it on each server',
    answer: { schema: Upgrade, description: 'The upgrade.' },
    problems: ['validation', 'not-found'],
  })
  get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('upgradeId', { schema: Id }) upgradeId: string,
  ): Promise<Upgrade> {
    return this.upgrades.get(siteId, upgradeId);
  }

  @Post('upgrades/:upgradeId/stop')
  @Operation({
    id: 'stopUpgrade',
    needs: 'administrator',
    summary: 'Offer an upgrade to nobody any more',
    description: 'A server that was offered it already goes on with it, and keeps it or goes back by itself.',
    answer: { schema: Upgrade, description: 'The upgrade as it is now.' },
    problems: ['validation', 'not-found'],
  })
  stop(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('upgradeId', { schema: Id }) upgradeId: string,
  ): Promise<Upgrade> {
    return this.upgrades.stop(siteId, upgradeId);
  }
}
