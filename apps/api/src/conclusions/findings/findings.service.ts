import { Injectable, Logger } from '@nestjs/common';
import { render } from '@mailpath/diagnosis';
import type { Finding, Language } from '@mailpath/protocol';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { notFound } from '../../platform/errors.ts';
import { FindingOpeningEntity } from './finding-opening.entity.ts';
import { FindingEntity } from './finding.entity.ts';
import type { FindingFilter, FindingWithHistory, StoredFinding } from './finding.query.ts';

/** Where a page goes on: after this finding, in the order newest first. */
export interface FindingPosition {
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

export const sinceOf = ({ openedAt, firstSeenAt }: StoredFinding): string => openedAt ?? firstSeenAt;

/** What was concluded of a site, in words. */
@Injectable()
export class FindingsService {
  readonly #logger = new Logger(FindingsService.name);

  constructor(
    @InjectRepository(FindingEntity) private readonly findings: Repository<FindingEntity>,
    @InjectRepository(FindingOpeningEntity) private readonly openings: Repository<FindingOpeningEntity>,
  ) {}

  async list(
    siteId: string,
    { state, severity, serverId, item, owner }: FindingFilter,
    limit: number,
    after: FindingPosition | undefined,
    language: Language,
  ): Promise<StoredFinding[]> {
    const query = this.findings
      .createQueryBuilder('finding')
      .where('finding.siteId = :siteId', { siteId })
      .orderBy(SINCE, 'DESC')
      .addOrderBy('finding.id', 'DESC')
      .limit(limit);
    if (state !== 'all') query.andWhere('finding.state = :state', { state });
    if (severity) query.andWhere('finding.severity = :severity', { severity });
    if (owner) query.andWhere('finding.owner = :owner', { owner });
    if (item) query.andWhere('finding.checklistItem = :item', { item });
    if (serverId) query.andWhere(ON_SERVER, { server: JSON.stringify([{ serverId }]), serverId });
    if (after)
      query.andWhere(`(${SINCE}, finding.id) < (cast(:since as timestamptz), cast(:id as uuid))`, after);
    return (await query.getMany()).map((row) => this.#toStored(row, language));
  }

  /** Throws not-found. */
  async get(siteId: string, id: string, language: Language): Promise<FindingWithHistory> {
    const row = await this.findings.findOneBy({ siteId, id });
    if (!row) throw notFound('Finding', id);
    const openings = await this.openings.find({
      where: { siteId, findingId: id },
      order: { openedAt: 'DESC' },
      take: NEWEST_OPENINGS,
    });
    return {
      ...this.#toStored(row, language),
      history: openings.map(({ openedAt, closedAt }) => ({
        openedAt: openedAt.toISOString(),
        closedAt: closedAt?.toISOString() ?? null,
      })),
    };
  }

  /** All that is open at a site, in words: what the checklist goes by. */
  async open(siteId: string, language: Language): Promise<StoredFinding['finding'][]> {
    const rows = await this.findings.findBy({ siteId, state: 'open' });
    return rows.map((row) => this.#toStored(row, language).finding);
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

  #toStored(row: FindingEntity, language: Language): StoredFinding {
    const { id, state, firstSeenAt, lastSeenAt, openedAt, closedAt, openings, seen } = row;
    return {
      id,
      state,
      firstSeenAt: firstSeenAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      openedAt: openedAt?.toISOString() ?? null,
      closedAt: closedAt?.toISOString() ?? null,
      openings,
      results: seen,
      finding: this.#inWords(row, language),
    };
  }

  #inWords({ id, finding }: FindingEntity, language: Language): Finding {
    try {
      return render(finding, language);
    } catch (error) {
      // An earlier version may have kept less than the words of today are made of; its own words still hold.
      this.#logger.warn({ event: 'finding-words', findingId: id, reason: (error as Error).message });
      return finding;
    }
  }
}
