import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { ExternalTest } from '@mailpath/protocol';
import { Clock } from '../../platform/clock.ts';
import { invalidField } from '../../platform/errors.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { ExternalTestEntity } from './external-test.entity.ts';
import type { ExternalTestRecord } from './external-test.ts';
import { testInTheFuture } from '../field-refusals.ts';

/** How far a person's clock may be ahead of ours. */
const AHEAD_MS = 300_000;

/** Microsoft's connectivity test, which a person runs in a browser and records here (C11). */
@Injectable()
export class ExternalTestsService {
  constructor(
    @InjectRepository(ExternalTestEntity) private readonly tests: Repository<ExternalTestEntity>,
    private readonly sites: SitesService,
    private readonly clock: Clock,
  ) {}

  /** Takes the place of the run before. Throws not-found for the site. */
  async record(siteId: string, test: ExternalTestRecord): Promise<ExternalTest> {
    const testedAt = new Date(test.testedAt);
    if (testedAt.getTime() > this.clock.now().getTime() + AHEAD_MS)
      throw invalidField('testedAt', testInTheFuture());
    await this.sites.get(siteId);
    await this.tests.upsert({ siteId, passed: test.passed, testedAt, by: test.by, note: test.note }, [
      'siteId',
    ]);
    return { ...test, testedAt: testedAt.toISOString() };
  }

  /** Null where nobody has recorded one. */
  async of(siteId: string): Promise<ExternalTest | null> {
    const row = await this.tests.findOneBy({ siteId });
    return row && { passed: row.passed, testedAt: row.testedAt.toISOString(), by: row.by, note: row.note };
  }
}
