import { Injectable, Logger } from '@nestjs/common';
import { headlineOf, linksOf, render } from '@mailpath/diagnosis';
import { type Finding, type Language, WORST_FIRST } from '@mailpath/protocol';
import { InjectRepository } from '@nestjs/typeorm';
import { Not, Repository } from 'typeorm';
import { notFound } from '../../platform/not-found.ts';
import { FindingOpeningEntity } from './finding-opening.entity.ts';
import { FindingEntity } from './finding.entity.ts';
import { toDetail, type ToldFinding, toSummary } from './finding-answers.ts';
import type { FindingDetail, FindingFilter, FindingSummary } from './finding.query.ts';
import { ServersService } from '../../estate/servers/servers.service.ts';

/** Where a page goes on: after this finding, in the order worst first, then oldest. */
export interface FindingPosition {
  rank: number;
  since: string;
  id: string;
}

/**
 * One that comes and goes with every round would otherwise answer some hundred thousand after a year; `openings` counts
 * them all.
 */
const NEWEST_OPENINGS = 100;

/** A finding goes by its newest opening; one that was never open by the first time it was seen. */
const SINCE = 'coalesce(finding.opened_at, finding.first_seen_at)';

/** It speaks of a result of the server, or, resting on none, names the server itself. */
const ON_SERVER = `(finding.seen @> cast(:server as jsonb) or (finding.seen = '[]' and exists (
  select from servers s where s.site_id = finding.site_id and s.id = cast(:serverId as uuid)
    and finding.finding->'scope'->'servers' @> to_jsonb(s.name))))`;

/** It speaks of one of the mailboxes. */
const ON_MAILBOX = `(finding.finding->'scope'->>'mailbox' = any(cast(:mailbox as text[])) or exists (
  select from jsonb_array_elements(finding.finding->'scope'->'checks') part
  where part->>'mailbox' = any(cast(:mailbox as text[]))))`;

const ON_NAMED = `exists (select from jsonb_array_elements_text(finding.finding->'scope'->'servers') name
  where lower(name) = any(array(select lower(n) from unnest(cast(:names as text[])) n)))`;

/** The worst first: severityRank() in SQL. */
const RANK = `case finding.severity ${WORST_FIRST.map((severity, rank) => `when '${severity}' then ${rank}`).join(' ')} end`;

/** What was concluded of a site, in words. */
@Injectable()
export class FindingsService {
  readonly #logger = new Logger(FindingsService.name);

  constructor(
    @InjectRepository(FindingEntity) private readonly findings: Repository<FindingEntity>,
    @InjectRepository(FindingOpeningEntity) private readonly openings: Repository<FindingOpeningEntity>,
    private readonly servers: ServersService,
  ) {}

  async list(
    siteId: string,
    { state, severity, serverId, server, mailbox, item, owner, from, to }: FindingFilter,
    limit: number,
    after: FindingPosition | undefined,
    language: Language,
  ): Promise<FindingSummary[]> {
    const query = this.findings
      .createQueryBuilder('finding')
      .where('finding.siteId = :siteId', { siteId })
      .orderBy(RANK)
      .addOrderBy(SINCE)
      .addOrderBy('finding.id')
      .limit(limit);
    if (state !== 'all') query.andWhere('finding.state = :state', { state });
    if (severity) query.andWhere('finding.severity in (:...severity)', { severity });
    if (owner) query.andWhere('finding.owner in (:...owner)', { owner });
    if (server) query.andWhere(ON_NAMED, { names: server });
    if (mailbox) query.andWhere(ON_MAILBOX, { mailbox });
    if (from) query.andWhere(`${SINCE} >= cast(:from as timestamptz)`, { from });
    if (to) query.andWhere(`${SINCE} < cast(:to as timestamptz)`, { to });
    if (item) query.andWhere('finding.checklistItem = :item', { item });
    if (serverId) query.andWhere(ON_SERVER, { server: JSON.stringify([{ serverId }]), serverId });
    if (after)
      query.andWhere(
        `(${RANK}, ${SINCE}, finding.id) > (cast(:rank as int), cast(:since as timestamptz), cast(:id as uuid))`,
        after,
      );
    const [rows, names] = await Promise.all([query.getMany(), this.servers.names(siteId)]);
    return rows.map((row) => toSummary(row, this.told(row, language), names));
  }

  /** Throws not-found. */
  async get(siteId: string, id: string, language: Language): Promise<FindingDetail> {
    const row = await this.findings.findOneBy({ siteId, id });
    if (!row) throw notFound('Finding', id);
    const [openings, names] = await Promise.all([
      this.openings.find({
        where: { siteId, findingId: id },
        order: { openedAt: 'DESC' },
        take: NEWEST_OPENINGS,
      }),
      this.servers.names(siteId),
    ]);
    return toDetail(row, this.told(row, language), names, openings);
  }

  /** All that is open at a site, in words: what the checklist goes by. */
  async open(siteId: string, language: Language): Promise<Finding[]> {
    const rows = await this.findings.findBy({ siteId, state: 'open' });
    return rows.map((row) => this.inWords(row, language));
  }

  /** What is open or pending at a site: what a comparison's cells are part of. */
  present(siteId: string): Promise<Pick<FindingEntity, 'id' | 'key' | 'state' | 'severity' | 'seen'>[]> {
    return this.findings
      .createQueryBuilder('finding')
      .select(['finding.id', 'finding.key', 'finding.state', 'finding.severity', 'finding.seen'])
      .where(`finding.siteId = :siteId and finding.state <> 'closed'`, { siteId })
      .orderBy('finding.id')
      .getMany();
  }

  /** What a verdict goes by: all that is open or pending, and of what is closed the bad one that closed last. */
  async weighed(siteId: string): Promise<FindingEntity[]> {
    const [present, [lastClosed]] = await Promise.all([
      this.findings.findBy({ siteId, state: Not('closed') }),
      this.findings.find({
        where: { siteId, state: 'closed', severity: Not('info') },
        order: { closedAt: { direction: 'DESC', nulls: 'LAST' } },
        take: 1,
      }),
    ]);
    return lastClosed ? [...present, lastClosed] : present;
  }

  /** A finding with its sentences. */
  inWords(row: FindingEntity, language: Language): Finding {
    return this.told(row, language);
  }

  /** The same, with what it is called in short. */
  private told({ id, finding }: FindingEntity, language: Language): ToldFinding {
    const links = linksOf(finding, language);
    try {
      return { ...render(finding, language), headline: headlineOf(finding, language), links };
    } catch (error) {
      // An earlier version may have kept less than the words of today are made of; its own words still hold.
      this.#logger.warn({ event: 'finding-words', findingId: id, reason: (error as Error).message });
      return { ...finding, headline: finding.summary, links };
    }
  }
}
