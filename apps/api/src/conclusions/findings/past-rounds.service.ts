import { Injectable } from '@nestjs/common';
import { pastOf, type PastResult } from '@mailpath/diagnosis';
import { DataSource } from 'typeorm';
import { FACTS, readStored, type StoredRow, toResult } from '../../history/results/result-reading.ts';

/** As many rounds as loss and flapping need to be told from chance, and no more than are read in a moment. */
const ROUNDS = 8;
/** What was longer ago is another course of things. */
const WITHIN = '1 day';

/** What the checks of a site came to in the rounds before the newest. */
@Injectable()
export class PastRounds {
  constructor(private readonly dataSource: DataSource) {}

  /** By server id; first looks alone, aimed at the place that the newest result was aimed at. */
  of(siteId: string): Promise<ReadonlyMap<string, PastResult[]>> {
    // What a row points to cannot go between the two looks.
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const rows: StoredRow[] = await manager.query(
        `select r.id, ${FACTS}
         from latest l cross join lateral (
           select p.* from results p
           where p.site_id = l.site_id and p.server_id = l.server_id
             and p.check_id = l.check_id and p.target_name = l.target_name
             and p.target_host = l.target_host and p.target_port = l.target_port
             and p.observed_at < l.observed_at and p.observed_at >= l.observed_at - $2::interval
             and p.repeats is null and p.id is distinct from l.repeats
           order by p.observed_at desc limit $3
         ) r
         where l.site_id = $1`,
        [siteId, WITHIN, ROUNDS],
      );
      const observed = await readStored(manager, siteId, rows);
      const past = rows.map((row, i) => ({
        serverId: row.server_id,
        result: pastOf(toResult(row, observed[i] as never)),
      }));
      return new Map(
        [...Map.groupBy(past, ({ serverId }) => serverId)].map(([serverId, each]) => [
          serverId,
          each.map(({ result }) => result),
        ]),
      );
    });
  }
}
