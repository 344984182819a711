import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock.ts';
import { type ApiConfig, CONFIG } from '../../platform/config.ts';
import type { Condition } from '../../platform/http/version.ts';
import { RetentionEntity } from './retention.entity.ts';
import { type Retention, type RetentionChange, type RetentionDays, RETENTION_FIELDS } from './retention.ts';

type Set = Pick<Retention, 'resultsDays' | 'hourRollUpsDays' | 'dayRollUpsDays'>;
type Session = Pick<DataSource, 'query'>;

const NOTHING_SET: Set = { resultsDays: null, hourRollUpsDays: null, dayRollUpsDays: null };
const MINUTE_MS = 60_000;
/** Of each kind, with indexes and with what is out of line; packs and evidence are parts of the results. */
const BYTES = `
  select coalesce(sum(pg_total_relation_size(relid)) filter (where kind = 'results'), 0)::float8 as results,
         coalesce(sum(pg_total_relation_size(relid)) filter (where kind = 'hours'), 0)::float8 as "hourRollUps",
         coalesce(sum(pg_total_relation_size(relid)) filter (where kind = 'days'), 0)::float8 as "dayRollUps"
  from (select 'results' as kind, relid from pg_partition_tree('results')
        union all select 'results', relid from pg_partition_tree('packs')
        union all select 'results', t::regclass from unnest(array['evidence', 'latest', 'result_places']) t
        union all select 'hours', 'hour_roll_ups'::regclass
        union all select 'days', 'day_roll_ups'::regclass) as tables`;

/** How long history is kept: what an administrator has set goes before what the API was started with. */
@Injectable()
export class RetentionService {
  readonly #defaults: RetentionDays;
  #known: { days: RetentionDays; until: number } | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.#defaults = {
      resultsDays: config.MAILPATH_RETENTION_DAYS,
      hourRollUpsDays: config.MAILPATH_HOUR_ROLL_UPS_DAYS,
      dayRollUpsDays: config.MAILPATH_DAY_ROLL_UPS_DAYS,
    };
  }

  async read(): Promise<Retention> {
    const [set, [bytes]]: [Set, Retention['bytes'][]] = await Promise.all([
      this.#set(this.database),
      this.database.query(BYTES),
    ]);
    if (!bytes) throw new Error('A sum without groups has one row.');
    return { ...set, defaults: this.#defaults, inForce: this.#over(set), bytes };
  }

  /** What holds now, on every instance: for whoever deletes. */
  async days(session: Session = this.database): Promise<RetentionDays> {
    return this.#over(await this.#set(session));
  }

  /** What held within the last minute: for each batch that is stored. */
  async lately(session: Session): Promise<RetentionDays> {
    const now = performance.now();
    if (this.#known && this.#known.until > now) return this.#known.days;
    const days = await this.days(session);
    this.#known = { days, until: now + MINUTE_MS };
    return days;
  }

  async change(change: RetentionChange, condition: Condition): Promise<Retention> {
    await this.database.transaction(async (manager) => {
      const updatedAt = this.clock.now();
      // The row is there from now on, so that two who change it at once wait for each other.
      await manager.query('insert into retention (id, updated_at) values (1, $1) on conflict do nothing', [
        updatedAt,
      ]);
      const row = await manager.findOneOrFail(RetentionEntity, {
        where: { id: 1 },
        lock: { mode: 'pessimistic_write' },
      });
      condition(row, RETENTION_FIELDS);
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      await manager.update(RetentionEntity, { id: 1 }, { ...given, updatedAt });
    });
    this.#known = undefined;
    return this.read();
  }

  async #set(session: Session): Promise<Set> {
    const [row]: Set[] = await session.query(
      `select results_days as "resultsDays", hour_roll_ups_days as "hourRollUpsDays", day_roll_ups_days as "dayRollUpsDays"
       from retention`,
    );
    return row ?? NOTHING_SET;
  }

  #over(set: Set): RetentionDays {
    return {
      resultsDays: set.resultsDays ?? this.#defaults.resultsDays,
      hourRollUpsDays: set.hourRollUpsDays ?? this.#defaults.hourRollUpsDays,
      dayRollUpsDays: set.dayRollUpsDays ?? this.#defaults.dayRollUpsDays,
    };
  }
}
