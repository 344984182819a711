import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type FoundPack, PackedResults } from '../packs/packed-results.service.ts';
import { observationsOf } from '../results/observations.ts';
import { UnpackedResults } from '../results/unpacked-results.service.ts';
import { type Bucket, bucketOf, mergeBuckets, type Observation } from '../roll-ups/bucket.ts';
import { readRollUps } from '../roll-ups/roll-ups.store.ts';
import { slotOf, type Span } from './span.ts';

/** Which check of which target, on which servers. */
export interface SeriesOf {
  servers: readonly string[];
  check: string;
  target: string;
}

/** By server: a bucket for each slot of the span, null where nothing was observed. */
export type Series = Map<string, (Bucket | null)[]>;

/** What checks came to over time, from results, roll-ups, or both: what is not packed yet is in no roll-up. */
@Injectable()
export class SeriesService {
  constructor(
    private readonly database: DataSource,
    private readonly packs: PackedResults,
    private readonly unpacked: UnpackedResults,
  ) {}

  read(siteId: string, of: SeriesOf, span: Span): Promise<Series> {
    // What is packed meanwhile is seen in one place and not in two.
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const bySlot = new Map(
        of.servers.map((id) => [id, Array.from({ length: span.count }, (): Bucket[] => [])]),
      );
      const add = (serverId: string, at: number, bucket: Bucket): void => {
        const slot = slotOf(span, at);
        if (slot !== null) bySlot.get(serverId)?.[slot]?.push(bucket);
      };
      if (span.source !== 'results') {
        const width = span.source === 'hours' ? 'hour' : 'day';
        const rolledUp = await readRollUps(manager, width, siteId, { ...of, from: span.from, to: span.to });
        for (const [serverId, buckets] of rolledUp)
          for (const [at, bucket] of buckets) add(serverId, at, bucket);
      }
      for (const [serverId, observations] of await this.#observations(manager, siteId, of, span))
        for (const own of Map.groupBy(observations, ({ observedAt }) => slotOf(span, observedAt)).values())
          add(serverId, own[0]?.observedAt ?? 0, bucketOf(own));
      return new Map(
        [...bySlot].map(([id, slots]) => [
          id,
          slots.map((all) => (all.length === 0 ? null : mergeBuckets(all))),
        ]),
      );
    });
  }

  /** Of results that are in no roll-up, and where each is wanted of those in packs as well. */
  async #observations(
    manager: EntityManager,
    siteId: string,
    { servers, check, target }: SeriesOf,
    span: Span,
  ): Promise<Map<string, Observation[]>> {
    const { from, to } = span;
    const all = await this.unpacked.observations(manager, siteId, { servers, check, target, from, to });
    if (span.source !== 'results') return all;
    const wanted = { servers, checks: [check], targets: [[target]], outcomes: null, runId: null, from, to };
    const found: FoundPack[] = [];
    for await (const hour of this.packs.byHour(manager, siteId, wanted)) found.push(...hour);
    // A pack at a time: what is observed is small, and a result with all that belongs to it is not.
    for await (const own of this.packs.read(manager, siteId, found, wanted)) {
      const results = own.map(({ result }) => result);
      const [first] = own;
      if (!first) continue;
      const observed = all.get(first.serverId) ?? [];
      all.set(first.serverId, observed);
      for (const each of await observationsOf(manager, siteId, results)) observed.push(each);
    }
    return all;
  }
}
