import { Injectable } from '@nestjs/common';
import { CATALOGUE } from '@mailpath/checks';
import { checkWords, type Comparison, type Language, type Role, type Task } from '@mailpath/protocol';
import type { Site } from '../../estate/sites/site.ts';
import { Clock } from '../../platform/clock.ts';
import { invalidField } from '../../platform/errors.ts';
import { BaselinesService } from '../baselines/baselines.service.ts';
import { tasksFor } from '../../fleet/tasks/assignment.ts';
import { cellFindings } from '../findings/cell-findings.ts';
import { FindingsService } from '../findings/findings.service.ts';
import { MailRounds } from '../../work/runs/mail-rounds.service.ts';
import { mailTasksFor } from '../../fleet/tasks/mail-tasks.ts';
import { NewestGlances } from '../../history/results/newest-glances.service.ts';
import { ResultsService } from '../../history/results/results.service.ts';
import { lookBackMs, staleness } from '../../history/results/staleness.ts';
import { ServersService } from '../../estate/servers/servers.service.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { changesBetween } from './changes.ts';
import { compare, type ComparedServerWithTasks, type CompareInput } from './compare.ts';
import type { ComparedMoment, ComparisonChanges } from './comparison.query.ts';
import { inTheFuture } from '../field-refusals.ts';

const CHECKS = new Map(CATALOGUE.map((check) => [check.id, check]));

/** What is known of a moment. */
type Picture = Pick<CompareInput, 'latest' | 'now' | 'findingAt'>;

/** Gathers what compare() needs: the site, its servers, and their newest results. */
@Injectable()
export class ComparisonsService {
  constructor(
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly results: ResultsService,
    private readonly glances: NewestGlances,
    private readonly mail: MailRounds,
    private readonly findings: FindingsService,
    private readonly baselines: BaselinesService,
    private readonly clock: Clock,
  ) {}

  /** Throws not-found, and validation for a moment that has not come. */
  async of(siteId: string, language: Language, moment: ComparedMoment = {}): Promise<Comparison> {
    const site = await this.sites.get(siteId);
    const [columns, picture] = await Promise.all([this.#columns(site), this.#picture(site, moment)]);
    return comparisonOf(site, columns, picture, language);
  }

  /** What had changed from the one moment to the other. */
  async changes(
    siteId: string,
    language: Language,
    then: ComparedMoment,
    now: ComparedMoment,
  ): Promise<ComparisonChanges> {
    const site = await this.sites.get(siteId);
    const [columns, ...pictures] = await Promise.all([
      this.#columns(site),
      this.#picture(site, then),
      this.#picture(site, now),
    ]);
    const [before, after] = pictures.map((picture) => comparisonOf(site, columns, picture, language)) as [
      Comparison,
      Comparison,
    ];
    return { from: before.generatedAt, to: after.generatedAt, items: changesBetween(before, after) };
  }

  async #columns(site: Site): Promise<ComparedServerWithTasks[]> {
    const [servers, users] = await Promise.all([this.servers.all(site.id), this.mail.users(site)]);
    // Servers of the same roles have one list, by which compare() knows that they are asked the same.
    const tasks = new Map<string, Task[]>();
    const tasksOf = (roles: readonly Role[]): Task[] => {
      const list = tasks.get(roles.join()) ?? [...tasksFor(site, roles), ...mailTasksFor(site, roles, users)];
      tasks.set(roles.join(), list);
      return list;
    };
    return servers.map(({ id, name, roles, agent }) => ({
      id,
      name,
      roles,
      agent: { state: agent?.state ?? 'none', lastSeenAt: agent?.lastSeenAt ?? null },
      waitsForApproval: agent?.approval === 'waiting',
      tasks: tasksOf(roles),
    }));
  }

  async #picture(site: Site, { at, baseline }: ComparedMoment): Promise<Picture> {
    const now = this.clock.now();
    // Which finding explained a cell is kept of now alone.
    const findingAt = () => null;
    if (baseline !== undefined) {
      const kept = await this.baselines.read(site.id, baseline);
      return { latest: kept.latest, now: kept.at, findingAt };
    }
    if (at !== undefined) {
      const then = new Date(at);
      if (then > now) throw invalidField('at', inTheFuture());
      return { latest: await this.results.latestAt(site.id, then, lookBackMs(site)), now: then, findingAt };
    }
    const [latest, present] = await Promise.all([this.glances.of(site.id), this.findings.present(site.id)]);
    return { latest, now, findingAt: cellFindings(present) };
  }
}

const comparisonOf = (
  site: Site,
  servers: readonly ComparedServerWithTasks[],
  picture: Picture,
  language: Language,
): Comparison =>
  compare({
    site,
    servers,
    titleOf: (id) => {
      const check = CHECKS.get(id);
      return check ? checkWords(check, language).title : id;
    },
    ...picture,
    ...staleness(site),
    language,
  });
