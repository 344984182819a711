import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type FindOptionsWhere, MoreThan, Not, Repository } from 'typeorm';
import { Clock } from '../../platform/clock.ts';
import { MailpathError } from '../../platform/errors.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { hashSecret } from './api-key.ts';
import { type OwnSession, sessionIdOf } from './own-session.ts';
import { SessionEntity } from './session.entity.ts';
import { noSuchSession } from '../refusals.ts';

/** The most that are told of one caller; older ones end by themselves within hours. */
const MOST = 200;

/** The sessions of whoever asks, of nobody else. `token` is that of the session that asks; null for an API key. */
@Injectable()
export class OwnSessions {
  constructor(
    @InjectRepository(SessionEntity) private readonly sessions: Repository<SessionEntity>,
    private readonly clock: Clock,
  ) {}

  /** The newest first. */
  async list(caller: Caller, token: string | null): Promise<OwnSession[]> {
    const present = token === null ? null : hashSecret(token);
    return (await this.#read(caller)).map(({ tokenHash, browser, system, createdAt, expiresAt }) => ({
      id: sessionIdOf(tokenHash),
      browser,
      system,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: present !== null && tokenHash.equals(present),
    }));
  }

  /** Throws not-found for a session that is another's, has ended or never was. */
  async end(caller: Caller, id: string): Promise<void> {
    const found = (await this.#read(caller)).find(
      ({ tokenHash }) => sessionIdOf(tokenHash) === id.toLowerCase(),
    );
    if (!found) throw new MailpathError('not-found', noSuchSession({ id }));
    await this.sessions.delete({ tokenHash: found.tokenHash });
  }

  async endOthers(caller: Caller, token: string): Promise<void> {
    await this.sessions.delete({ ...ownedBy(caller), tokenHash: Not(hashSecret(token)) });
  }

  #read(caller: Caller): Promise<SessionEntity[]> {
    return this.sessions.find({
      where: { ...ownedBy(caller), expiresAt: MoreThan(this.clock.now()) },
      order: { createdAt: 'desc' },
      take: MOST,
    });
  }
}

const ownedBy = ({ kind, id }: Caller): FindOptionsWhere<SessionEntity> =>
  kind === 'user' ? { userId: id } : { apiKeyId: id };
