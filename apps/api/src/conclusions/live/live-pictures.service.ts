import { Injectable } from '@nestjs/common';
import type { Language } from '@mailpath/protocol';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { RunsService } from '../../work/runs/runs.service.ts';
import { ComparisonsService } from '../comparisons/comparisons.service.ts';
import { FindingsService } from '../findings/findings.service.ts';
import type { LivePicture } from './live-picture.ts';

/** A run is over after some minutes: an older one changes no more. */
const NEWEST_RUNS = 20;

/** Reads what those who watch a site are told the changes of. */
@Injectable()
export class LivePictures {
  constructor(
    private readonly sites: SitesService,
    private readonly comparisons: ComparisonsService,
    private readonly findings: FindingsService,
    private readonly runs: RunsService,
  ) {}

  /** Throws not-found. */
  async of(siteId: string, language: Language): Promise<LivePicture> {
    const site = await this.sites.get(siteId);
    const [comparison, findings, runs] = await Promise.all([
      this.comparisons.of(siteId, language),
      this.findings.present(siteId),
      this.runs.list(siteId, NEWEST_RUNS, undefined),
    ]);
    return {
      settingsAt: site.updatedAt,
      comparison,
      findings: findings.map(({ id, state, severity, seen }) => ({
        id,
        state,
        mark: [state, severity, ...new Set(seen.map(({ serverId }) => serverId).toSorted())].join(' '),
      })),
      runs: runs.map(({ id, state, servers }) => ({
        id,
        state,
        received: servers.reduce((sum, { received }) => sum + received, 0),
        expected: servers.reduce((sum, { expected }) => sum + expected, 0),
      })),
    };
  }
}
