import { Injectable } from '@nestjs/common';
import type { Role } from '@mailpath/protocol';
import { DataSource } from 'typeorm';
import { Presence } from '../../estate/connections/presence.ts';
import type { Lendee } from '../../estate/servers/lendee.ts';

/** Who an agent is at the moment at which it would be lent something. */
@Injectable()
export class Lendees {
  constructor(
    private readonly database: DataSource,
    private readonly presence: Presence,
  ) {}

  /** Null for one that is not connected, was revoked, or is of another site. */
  async of(siteId: string, agentId: string): Promise<Lendee | null> {
    const protocol = (await this.presence.of([agentId])).get(agentId)?.protocol;
    if (protocol === undefined) return null;
    const [row]: { approved: boolean; roles: Role[] }[] = await this.database.query(
      `select a.approved_at is not null and a.approved_key = a.public_key as approved, s.roles
       from agents a join servers s on s.site_id = a.site_id and s.id = a.server_id
       where a.site_id = $1 and a.id = $2 and a.revoked_at is null and s.retired_at is null`,
      [siteId, agentId],
    );
    return row ? { ...row, protocol } : null;
  }
}
