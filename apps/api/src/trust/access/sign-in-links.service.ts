import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, type DataSource, Repository } from 'typeorm';
import { Clock } from '../../platform/clock.ts';
import { hashSecret } from './api-key.ts';
import { SignInLinkEntity } from './sign-in-link.entity.ts';
import type { SignInLink } from './user.ts';
import { UserEntity } from './user.entity.ts';

const LINK_FORMAT = /^[\w-]{43}$/;

/** Links that sign a user in once: for the first sign-in, for a password that was forgotten, and for `npm start`. */
@Injectable()
export class SignInLinks {
  constructor(
    @InjectRepository(SignInLinkEntity) private readonly rows: Repository<SignInLinkEntity>,
    private readonly clock: Clock,
  ) {}

  /** For a command, which has no application around it. */
  static over(database: DataSource): SignInLinks {
    return new SignInLinks(database.getRepository(SignInLinkEntity), new Clock());
  }

  async make(userId: string, minutes: number): Promise<SignInLink> {
    const code = randomBytes(32).toString('base64url');
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + minutes * 60_000);
    await this.rows.insert({ tokenHash: hashSecret(code), userId, createdAt, expiresAt });
    // Behind #, which no browser sends: neither a log nor a proxy sees the code.
    return { code, path: `/sign-in#${code}`, expiresAt: expiresAt.toISOString() };
  }

  /** Whose link it is, once; null for any other text. */
  async redeem(code: string): Promise<{ userId: string } | null> {
    if (!LINK_FORMAT.test(code)) return null;
    const [[row]] = (await this.rows.query(
      'delete from sign_in_links where token_hash = $1 returning user_id as "userId", expires_at as "expiresAt"',
      [hashSecret(code)],
    )) as [{ userId: string; expiresAt: Date }[], number];
    if (!row || row.expiresAt <= this.clock.now()) return null;
    const there = await this.rows.manager.existsBy(UserEntity, { id: row.userId, endedAt: IsNull() });
    return there ? { userId: row.userId } : null;
  }
}
