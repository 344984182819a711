import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { Clock } from '../../platform/clock.ts';
import { hashSecret } from '../access/api-key.ts';
import { START_SECONDS } from './openid-cookie.ts';
import { OpenIdStartEntity } from './openid-start.entity.ts';

/** Sign-ins that have begun. In the database, since the browser may come back to another instance. */
@Injectable()
export class OpenIdStarts {
  constructor(
    @InjectRepository(OpenIdStartEntity) private readonly starts: Repository<OpenIdStartEntity>,
    private readonly clock: Clock,
  ) {}

  /** Keeps a new sign-in of the browser with this secret. */
  async begin(secret: string, state: string, returnPath: string): Promise<void> {
    const now = this.clock.now();
    await this.starts.delete({ expiresAt: LessThan(now) });
    await this.starts.insert({
      stateHash: hashSecret(state),
      browserHash: hashSecret(secret),
      returnPath,
      expiresAt: new Date(now.getTime() + START_SECONDS * 1_000),
    });
  }

  /** Where the browser wanted to go; once, and null for a state that is not of this browser, or is over. */
  async finish(secret: string, state: string): Promise<string | null> {
    const [[row]] = (await this.starts.query(
      `delete from openid_starts where state_hash = $1 and browser_hash = $2
       returning return_path as "returnPath", expires_at as "expiresAt"`,
      [hashSecret(state), hashSecret(secret)],
    )) as [{ returnPath: string; expiresAt: Date }[], number];
    return row && row.expiresAt > this.clock.now() ? row.returnPath : null;
  }
}
