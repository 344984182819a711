import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A moment at which a finding began or ceased to be open. */
export interface FindingMark {
  at: Date;
  kind: 'finding-opened' | 'finding-closed';
  id: string;
  key: string;
}

/** More than anybody can tell apart on one line of time; the newest stay. */
const MARKS_MAX = 200;

/** When findings that speak of a place opened and closed. */
@Injectable()
export class FindingMarks {
  constructor(private readonly database: DataSource) {}

  /** Of findings that rest on this check of this target, from `from` on and before `to`, oldest first. */
  async of(siteId: string, check: string, target: string, from: Date, to: Date): Promise<FindingMark[]> {
    const marks: FindingMark[] = await this.database.query(
      `select m.at, m.kind, f.id, f.key
       from findings f
         join finding_openings o on o.site_id = f.site_id and o.finding_id = f.id
         cross join lateral (values (o.opened_at, 'finding-opened'), (o.closed_at, 'finding-closed')) as m(at, kind)
       where f.site_id = $1 and o.site_id = $1 and m.at >= $3 and m.at < $4
         and f.finding->'scope'->'checks' @> $2::jsonb
       order by m.at desc, m.kind, f.id limit ${MARKS_MAX}`,
      [siteId, JSON.stringify([{ check, target }]), from, to],
    );
    return marks.reverse();
  }
}
