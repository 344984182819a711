import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { CredentialHoldEntity } from './credential-hold.entity.ts';
import type { Hold } from './hold.ts';
import { MailboxHoldEntity } from './mailbox-hold.entity.ts';

/** Whom a site keeps away from now. */
export interface Holds {
  readonly credentials: readonly { userName: string; serverId: string; until: Date; reason: string }[];
  readonly mailboxes: readonly { mailbox: string; until: Date; reason: string }[];
}

/** Holds are kept in the database, so that a restart forgets none. */
@Injectable()
export class HoldsService {
  constructor(
    @InjectRepository(CredentialHoldEntity) private readonly credentials: Repository<CredentialHoldEntity>,
    @InjectRepository(MailboxHoldEntity) private readonly mailboxes: Repository<MailboxHoldEntity>,
  ) {}

  async now(siteId: string, now: Date): Promise<Holds> {
    const [credentials, mailboxes] = await Promise.all([
      this.credentials.findBy({ siteId, until: MoreThan(now) }),
      this.mailboxes.findBy({ siteId, until: MoreThan(now) }),
    ]);
    return { credentials, mailboxes };
  }

  /** For the server, or for all of the site. The longer of two holds counts. */
  async holdCredential(siteId: string, userName: string, serverId: string, hold: Hold): Promise<void> {
    await this.credentials.query(
      `insert into credential_holds as held (site_id, user_name, server_id, until, reason)
       select site_id, $2, id, $4, $5 from servers
       where site_id = $1 and (id = $3 or ($6 and retired_at is null)) order by id
       on conflict (site_id, user_name, server_id) do update
       set until = excluded.until, reason = excluded.reason where held.until < excluded.until`,
      [siteId, userName, serverId, hold.until, hold.reason, hold.everywhere],
    );
  }

  /** The longer of two holds counts. */
  async holdMailbox(siteId: string, mailbox: string, hold: Hold): Promise<void> {
    await this.credentials.query(
      `insert into mailbox_holds as held (site_id, mailbox, until, reason)
       values ($1, $2, $3, $4) on conflict (site_id, mailbox) do update
       set until = excluded.until, reason = excluded.reason where held.until < excluded.until`,
      [siteId, mailbox, hold.until, hold.reason],
    );
  }

  /** The application has a new secret: what was refused may have been the old one. */
  async releaseAll(siteId: string): Promise<void> {
    await this.credentials.delete({ siteId });
  }

  /** The user has signed in anew: what was refused was another credential. */
  async release(siteId: string, userName: string): Promise<void> {
    await this.credentials.delete({ siteId, userName });
  }
}
