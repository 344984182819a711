import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Phase } from '@mailpath/protocol';
import { ServersService } from '../../estate/servers/servers.service.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import type { Bucket } from '../../history/roll-ups/bucket.ts';
import type { Spread } from '../../history/roll-ups/spread.ts';
import { SeriesService } from '../../history/series/series.service.ts';
import { type Span, spanOf } from '../../history/series/span.ts';
import { Clock } from '../../platform/clock.ts';
import { notFound } from '../../platform/not-found.ts';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { BaselinesService } from '../baselines/baselines.service.ts';
import { FindingMarks } from '../findings/finding-marks.service.ts';
import {
  type Durations,
  type SeriesBucket,
  type SeriesMark,
  SeriesQuery,
  SiteSeries,
} from './series.query.ts';

@ApiTags('Results')
@Controller('v1/sites/:siteId/series')
export class SeriesController {
  constructor(
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly series: SeriesService,
    private readonly findings: FindingMarks,
    private readonly baselines: BaselinesService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Operation({
    id: 'getSeries',
    needs: 'viewer',
    summary: 'Read what one check came to over time, server by server',
    description:
      'Equal slots of time, at most 1,000; a slot in which nothing was observed is null. Spans of up to two days are read from the results, longer ones from roll-ups by hours, and from a day a slot on by days (UTC): ' +
      'their slots begin with a whole hour or day. Second looks are not counted; durations are of what passed. Percentiles of several hours are within 2.5 % of a recount.',
    answer: { schema: SiteSeries, description: 'A line for each server, and what happened meanwhile.' },
    problems: ['validation', 'not-found'],
  })
  async get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: SeriesQuery }) { check, target, serverId, ...asked }: SeriesQuery,
  ): Promise<SiteSeries> {
    await this.sites.get(siteId);
    const span = spanOf(asked, this.clock.now().getTime());
    const names = await this.servers.names(siteId);
    if (serverId && !names.has(serverId)) throw notFound('Server', serverId);
    const servers = serverId ? [serverId] : (await this.servers.all(siteId)).map(({ id }) => id);
    const [series, marks] = await Promise.all([
      this.series.read(siteId, { servers, check, target }, span),
      this.#marks(siteId, check, target, span),
    ]);
    return {
      from: iso(span.from),
      to: iso(span.to),
      bucketSeconds: span.bucketMs / 1_000,
      source: span.source,
      servers: servers.map((id) => ({
        serverId: id,
        serverName: names.get(id) ?? id,
        buckets: (series.get(id) ?? []).map((bucket, slot) =>
          bucket ? told(bucket, span.from + slot * span.bucketMs) : null,
        ),
      })),
      marks,
    };
  }

  async #marks(siteId: string, check: string, target: string, span: Span): Promise<SeriesMark[]> {
    const [findings, baselines] = await Promise.all([
      this.findings.of(siteId, check, target, new Date(span.from), new Date(span.to)),
      this.baselines.list(siteId),
    ]);
    const within = baselines.filter(({ at }) => Date.parse(at) >= span.from && Date.parse(at) < span.to);
    return [
      ...findings.map(({ at, kind, id, key }) => ({ at: at.toISOString(), kind, id, label: key })),
      ...within.map(({ at, id, name }) => ({ at, kind: 'baseline' as const, id, label: name })),
    ].sort((a, b) => (a.at < b.at ? -1 : 1));
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();

function told({ outcomes, duration, phases, failures }: Bucket, at: number): SeriesBucket {
  const [first] = failures;
  const spreads = Object.entries(phases) as [Phase, Spread][];
  return {
    at: iso(at),
    pass: outcomes.pass ?? 0,
    warn: outcomes.warn ?? 0,
    fail: outcomes.fail ?? 0,
    throttled: outcomes.throttled ?? 0,
    skipped: outcomes.skipped ?? 0,
    durationMs: duration && durations(duration),
    phases: spreads.map(([name, spread]) => ({ name, durationMs: durations(spread) })),
    failure: first ? { phase: first[0], code: first[1] } : null,
  };
}

const durations = ({ least, median, p95, most }: Spread): Durations => ({ least, median, p95, most });
