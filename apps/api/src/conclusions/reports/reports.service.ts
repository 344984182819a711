import { Injectable } from '@nestjs/common';
import type { Language } from '@mailpath/protocol';
import { htmlReport, withoutTokens } from '@mailpath/terminal';
import { ServersService } from '../../estate/servers/servers.service.ts';
import { ResultsService } from '../../history/results/results.service.ts';
import { Clock } from '../../platform/clock.ts';
import { ChecklistService } from '../checklist/checklist.service.ts';
import { ComparisonsService } from '../comparisons/comparisons.service.ts';
import { FindingFilter } from '../findings/finding.query.ts';
import { FindingsService } from '../findings/findings.service.ts';
import { VerdictsService } from '../findings/verdicts.service.ts';
import type { SiteReport } from './site-report.ts';

/** More findings than that are open only where something else is wrong. */
const FINDINGS = 200;
const OPEN = FindingFilter.parse({});

/** Gathers a report from what the other conclusions say. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly servers: ServersService,
    private readonly results: ResultsService,
    private readonly checklists: ChecklistService,
    private readonly comparisons: ComparisonsService,
    private readonly findings: FindingsService,
    private readonly verdicts: VerdictsService,
    private readonly clock: Clock,
  ) {}

  /** Throws not-found. */
  async of(siteId: string, language: Language): Promise<SiteReport> {
    const verdict = await this.verdicts.of(siteId, language);
    const comparison = await this.comparisons.of(siteId, language);
    const checklist = await this.checklists.of(siteId, language);
    const open = await this.findings.list(siteId, OPEN, FINDINGS, undefined, language);
    const findings = [];
    for (const { id } of open) findings.push(await this.findings.get(siteId, id, language));
    const [names, latest] = await Promise.all([this.servers.names(siteId), this.results.latest(siteId)]);
    const results = latest.map(({ serverId, result }) => ({
      serverId,
      serverName: names.get(serverId) ?? serverId,
      result,
    }));
    const generatedAt = this.clock.now().toISOString();
    return withoutTokens({ generatedAt, language, verdict, findings, comparison, checklist, results });
  }

  /** The same as one file to be read and printed. */
  async page(siteId: string, language: Language): Promise<string> {
    const report = await this.of(siteId, language);
    return htmlReport({
      ...report,
      name: report.verdict.siteName,
      results: report.results.map(({ serverName: server, result }) => ({ server, result })),
    });
  }
}
