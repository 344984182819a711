import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock.ts';
import type { Caller } from '../../platform/http/caller.ts';
import type { Role } from '../../platform/needs.ts';
import { hashSecret } from './api-key.ts';

interface Row {
  kind: Caller['kind'];
  id: string;
  name: string;
  role: Role | null;
  sites: Record<string, Role>;
  expires_at: Date | null;
}

/** Who a request says it is from. Asked at every request, so that an end of any kind counts at once. */
@Injectable()
export class Callers {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Null for a key that was never given out, has expired or was revoked. */
  async byKey(key: string): Promise<Caller | null> {
    const now = this.clock.now();
    const [row] = await this.database.query<(Row & { stale: boolean })[]>(
      `select 'api-key' as kind, id, name, case when site_id is null then role end as role,
              case when site_id is null then '{}' else jsonb_build_object(site_id, role) end as sites, null as expires_at,
              last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute' as stale
       from api_keys where key_hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
      [hashSecret(key), now],
    );
    if (!row) return null;
    if (row.stale)
      await this.database.query('update api_keys set last_used_at = $2 where id = $1', [row.id, now]);
    return toCaller(row);
  }

  /** Null for a session that was never opened, has expired or was ended, or whose user or key has. */
  async bySession(token: string): Promise<{ caller: Caller; expiresAt: Date } | null> {
    const [row] = await this.database.query<Row[]>(
      `select case when u.id is null then 'api-key' else 'user' end as kind, coalesce(u.id, k.id) as id,
              coalesce(u.name, k.name) as name, case when u.id is null then case when k.site_id is null then k.role end
              else u.role end as role,
              case when k.site_id is not null then jsonb_build_object(k.site_id, k.role)
              else coalesce((select jsonb_object_agg(r.site_id, r.role) from user_roles r where r.user_id = u.id), '{}') end
                as sites, s.expires_at
       from sessions s left join users u on u.id = s.user_id left join api_keys k on k.id = s.api_key_id
       where s.token_hash = $1 and s.expires_at > $2 and u.ended_at is null
         and (k.id is null or (k.revoked_at is null and (k.expires_at is null or k.expires_at > $2)))`,
      [hashSecret(token), this.clock.now()],
    );
    return row?.expires_at ? { caller: toCaller(row), expiresAt: row.expires_at } : null;
  }
}

const toCaller = ({ kind, id, name, role, sites }: Row): Caller => ({
  kind,
  id,
  name,
  role,
  sites: new Map(Object.entries(sites)),
});
