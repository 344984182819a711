import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { ResultsService } from '../../history/results/results.service.ts';
import { lookBackMs, type Newest } from '../../history/results/staleness.ts';
import { Clock } from '../../platform/clock.ts';
import { invalidField, MailpathError } from '../../platform/errors.ts';
import { notFound } from '../../platform/not-found.ts';
import { refuseTakenName } from '../../platform/taken-name.ts';
import { type Baseline, type BaselineCreation, BASELINES_MAX } from './baseline.ts';
import { BaselineEntity } from './baseline.entity.ts';
import { baselineNameTaken, tooManyBaselines } from '../refusals.ts';
import { inTheFuture, noResultsThen } from '../field-refusals.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** More takes ten times as long for little. */
const QUICKLY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** The newest results of a moment, under a name. */
@Injectable()
export class BaselinesService {
  constructor(
    @InjectRepository(BaselineEntity) private readonly baselines: Repository<BaselineEntity>,
    private readonly sites: SitesService,
    private readonly results: ResultsService,
    private readonly clock: Clock,
  ) {}

  /** Throws not-found, validation for a moment of which nothing is known, and conflict for a name that is taken. */
  async create(siteId: string, { name, at }: BaselineCreation, createdBy: string): Promise<Baseline> {
    const site = await this.sites.get(siteId);
    const now = this.clock.now();
    const moment = at === undefined ? now : new Date(at);
    if (moment > now) throw invalidField('at', inTheFuture());
    if ((await this.baselines.countBy({ siteId })) >= BASELINES_MAX)
      throw new MailpathError('conflict', tooManyBaselines({ most: BASELINES_MAX }));
    const latest = await this.results.latestAt(siteId, moment, lookBackMs(site));
    if (latest.length === 0) throw invalidField('at', noResultsThen());
    const row: BaselineEntity = {
      siteId,
      id: uuidv7(),
      name,
      at: moment,
      createdAt: now,
      createdBy,
      results: latest.length,
      body: await compress(JSON.stringify(latest), QUICKLY),
    };
    await refuseTakenName('baselines_name_key', baselineNameTaken({ name }), () =>
      this.baselines.insert(row),
    );
    return toBaseline(row);
  }

  /** The newest first. */
  async list(siteId: string): Promise<Baseline[]> {
    const rows = await this.baselines.find({
      select: {
        siteId: true,
        id: true,
        name: true,
        at: true,
        createdAt: true,
        createdBy: true,
        results: true,
      },
      where: { siteId },
      order: { at: 'DESC', id: 'DESC' },
    });
    return rows.map(toBaseline);
  }

  /** Throws not-found. */
  async read(siteId: string, id: string): Promise<{ at: Date; latest: Newest[] }> {
    const row = await this.baselines.findOneBy({ siteId, id });
    if (!row) throw notFound('Baseline', id);
    const latest = JSON.parse((await decompress(row.body)).toString('utf8')) as Newest[];
    return {
      at: row.at,
      latest: latest.map(({ serverId, result, receivedAt }) => ({
        serverId,
        result,
        receivedAt: new Date(receivedAt),
      })),
    };
  }

  /** Throws not-found. */
  async delete(siteId: string, id: string): Promise<void> {
    const { affected } = await this.baselines.delete({ siteId, id });
    if (!affected) throw notFound('Baseline', id);
  }
}

const toBaseline = ({
  id,
  name,
  at,
  createdAt,
  createdBy,
  results,
}: Omit<BaselineEntity, 'body'>): Baseline => ({
  id,
  name,
  at: at.toISOString(),
  createdAt: createdAt.toISOString(),
  createdBy,
  results,
});
