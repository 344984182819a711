import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { hashSecret } from '../../trust/access/api-key.ts';
import { Clock } from '../../platform/clock.ts';
import { MailpathError } from '../../platform/errors.ts';
import { notFound } from '../../platform/not-found.ts';
import { SignInEntity } from './sign-in.entity.ts';
import { stateNotOurs, addressNotOurs, answeredBefore, openedBefore } from '../refusals.ts';

/** What is written down of sign-ins. */
@Injectable()
export class SignInRecords {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  async add(row: SignInEntity): Promise<void> {
    await this.database.getRepository(SignInEntity).insert(row);
  }

  /** Throws not-found. */
  async get(siteId: string, id: string): Promise<SignInEntity> {
    const row = await this.database.getRepository(SignInEntity).findOneBy({ siteId, id });
    if (!row) throw notFound('Sign-in', id);
    return row;
  }

  /** Newest first, `limit` at most, those begun before `before`. */
  list(siteId: string, limit: number, before: string | undefined): Promise<SignInEntity[]> {
    const query = this.database
      .getRepository(SignInEntity)
      .createQueryBuilder('signIn')
      .where('signIn.siteId = :siteId', { siteId })
      .orderBy('signIn.id', 'DESC')
      .limit(limit);
    if (before) query.andWhere('signIn.id < :before', { before });
    return query.getMany();
  }

  /** The sign-in that this state was given out for. Throws not-found. */
  async byState(state: string): Promise<SignInEntity> {
    const row = await this.database.getRepository(SignInEntity).findOneBy({ stateHash: hashSecret(state) });
    if (!row) throw new MailpathError('not-found', stateNotOurs());
    return row;
  }

  /**
   * The sign-in that this ticket was given out for, unless it was started before or is over. Throws not-found or a
   * conflict.
   */
  async byTicket(ticket: string): Promise<SignInEntity> {
    const row = await this.database.getRepository(SignInEntity).findOneBy({ startHash: hashSecret(ticket) });
    if (!row) throw new MailpathError('not-found', addressNotOurs());
    if (row.browserHash || row.state !== 'waiting' || row.expiresAt <= this.clock.now())
      throw startedBefore();
    return row;
  }

  /** Binds it to the browser that starts it. Throws a conflict for the second one. */
  async bind({ siteId, id }: SignInEntity, state: string, browser: string): Promise<void> {
    const { affected } = await this.database
      .getRepository(SignInEntity)
      .createQueryBuilder()
      .update()
      .set({ stateHash: hashSecret(state), browserHash: hashSecret(browser) })
      .where('siteId = :siteId and id = :id', { siteId, id })
      .andWhere(`state = 'waiting' and browserHash is null and expiresAt > :now`, { now: this.clock.now() })
      .execute();
    if (!affected) throw startedBefore();
  }

  /**
   * Takes the one answer that a waiting sign-in may have. Throws a conflict for the second, and after it has expired.
   */
  async takeAnswer(row: SignInEntity, set: () => Partial<SignInEntity>): Promise<void> {
    const { siteId, id } = row;
    // Asked before the answer is taken apart: whoever once saw the address has no more than one answer to be read.
    const waits = row.state === 'waiting' && row.expiresAt > this.clock.now();
    const { affected } = waits ? await this.#answered(siteId, id, set()) : { affected: 0 };
    if (!affected) throw new MailpathError('conflict', answeredBefore());
  }

  #answered(siteId: string, id: string, set: Partial<SignInEntity>) {
    return this.database
      .getRepository(SignInEntity)
      .createQueryBuilder()
      .update()
      .set(set)
      .where('siteId = :siteId and id = :id', { siteId, id })
      .andWhere(`state = 'waiting' and expiresAt > :now`, { now: this.clock.now() })
      .execute();
  }

  /** Notes what has come to pass, unless the sign-in has come to its end before. */
  async note({ siteId, id }: Pick<SignInEntity, 'siteId' | 'id'>, set: Partial<SignInEntity>): Promise<void> {
    await this.database
      .getRepository(SignInEntity)
      .createQueryBuilder()
      .update()
      .set(set)
      .where('siteId = :siteId and id = :id', { siteId, id })
      .andWhere(`state in ('waiting', 'redeeming')`)
      .execute();
  }
}

const startedBefore = () => new MailpathError('conflict', openedBefore());
