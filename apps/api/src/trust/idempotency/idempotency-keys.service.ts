import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { MailpathError } from '../../platform/errors.ts';
import { Sealer } from '../secrets/sealer.ts';
import { IdempotencyKeyEntity } from './idempotency-key.entity.ts';
import { idempotencyKeyReused, firstNotAnsweredYet, firstAnswerUnreadable } from '../refusals.ts';

const KEPT_MS = 24 * 60 * 60_000;
/** No request lasts longer: one that was not answered by then was lost with its process. */
const LOST_MS = 60_000;

const Answer = z.object({ status: z.int(), location: z.string().nullable(), body: z.unknown() });
export type Answer = z.infer<typeof Answer>;

/** One request as far as it matters whether it is the same again. */
export interface Repeatable {
  readonly key: string;
  readonly caller: string;
  readonly method: string;
  readonly path: string;
  readonly siteId: string | null;
  readonly body: unknown;
}

const sha256 = (...parts: string[]): Buffer => createHash('sha256').update(JSON.stringify(parts)).digest();

@Injectable()
export class IdempotencyKeys {
  constructor(
    @InjectRepository(IdempotencyKeyEntity) private readonly rows: Repository<IdempotencyKeyEntity>,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
  ) {}

  /**
   * The answer that the request was given before, or the attempt that answers it now and has to `finish` or `drop` it.
   * Throws idempotency-key-reused for another body, and conflict while the first one is being answered.
   */
  async begin(request: Repeatable): Promise<Answer | { place: Buffer; attempt: string }> {
    const place = sha256(request.caller, request.method, request.path, request.key);
    const bodyHash = sha256(JSON.stringify(request.body ?? null));
    const attempt = uuid();
    const now = this.clock.now();
    const before = (age: number) => new Date(now.getTime() - age);
    const [mine] = await this.rows.query<{ attempt: string }[]>(
      `insert into idempotency_keys as k (place, site_id, body_hash, attempt, created_at) values ($1, $2, $3, $4, $5)
       on conflict (place) do update
         set body_hash = excluded.body_hash, attempt = excluded.attempt, sealed_answer = null,
             created_at = excluded.created_at
         where k.created_at < $6 or (k.sealed_answer is null and k.created_at < $7)
       returning attempt`,
      [place, request.siteId, bodyHash, attempt, now, before(KEPT_MS), before(LOST_MS)],
    );
    if (mine) return { place, attempt };
    const row = await this.rows.findOneBy({ place });
    // It was dropped between the two questions: the first attempt was refused, and this one may be made.
    if (!row) return this.begin(request);
    if (!row.bodyHash.equals(bodyHash)) {
      throw new MailpathError('idempotency-key-reused', idempotencyKeyReused());
    }
    return this.#answerOf(row);
  }

  async finish({ place, attempt }: { place: Buffer; attempt: string }, answer: Answer): Promise<void> {
    const sealedAnswer = this.sealer.seal(JSON.stringify(answer), seat(place));
    await this.rows.update({ place, attempt }, { sealedAnswer });
  }

  /** Nothing was created: the next request with the key is a first one. */
  async drop({ place, attempt }: { place: Buffer; attempt: string }): Promise<void> {
    await this.rows.delete({ place, attempt });
  }

  #answerOf({ place, sealedAnswer }: IdempotencyKeyEntity): Answer {
    if (!sealedAnswer) {
      throw new MailpathError('conflict', firstNotAnsweredYet(), { retryAfterSeconds: 1 });
    }
    const opened = this.sealer.open(sealedAnswer, seat(place));
    if (opened === null) {
      throw new MailpathError('conflict', firstAnswerUnreadable());
    }
    return Answer.parse(JSON.parse(opened));
  }
}

const seat = (place: Buffer) => ({ purpose: 'idempotent-answer', siteId: '', key: place.toString('hex') });
