import { Injectable } from '@nestjs/common';
import { pastOf, type PastResult } from '@mailpath/diagnosis';
import { ResultsService } from '../../history/results/results.service.ts';
import { ServersMemory } from '../../history/results/servers-memory.ts';
import type { NewestResult } from './seen-result.ts';

/** As many rounds as loss and flapping need to be told from chance, and no more than are read in a moment. */
const ROUNDS = 8;
/** What was longer ago is another course of things. */
const WITHIN = '1 day';
/** Of all sites together: the rounds of some 300 servers with 40 checks. */
const REMEMBERED_BYTES = 40_000_000;
/** Measured: an object with its texts, and one more for each phase. */
const PAST_BYTES = 250;
const PHASE_BYTES = 40;

/**
 * What the checks of a site came to in the rounds before the newest. A site is judged whenever one of its servers has
 * reported: of the others is remembered what was read before. What an agent sends late of the past is seen with its
 * server's next round.
 */
@Injectable()
export class PastRounds {
  readonly #memory = new ServersMemory<PastResult>(REMEMBERED_BYTES);

  constructor(private readonly results: ResultsService) {}

  /** By server id. */
  async of(
    siteId: string,
    newest: readonly NewestResult[],
  ): Promise<ReadonlyMap<string, readonly PastResult[]>> {
    const servers = await this.#memory.at(
      siteId,
      versionsOf(newest),
      async (anew) => {
        const before = await this.results.before(siteId, anew, ROUNDS, WITHIN);
        const byServer = Map.groupBy(before, ({ serverId }) => serverId);
        return new Map([...byServer].map(([id, own]) => [id, own.map(({ result }) => pastOf(result))]));
      },
      ({ phases }) => PAST_BYTES + PHASE_BYTES * phases.length,
    );
    this.#memory.keep(siteId, servers);
    return new Map([...servers].map(([serverId, one]) => [serverId, one.read]));
  }
}

/** By server id: other newest results have another past. */
const versionsOf = (newest: readonly NewestResult[]): Map<string, string> =>
  new Map(
    [...Map.groupBy(newest, ({ serverId }) => serverId)].map(([serverId, own]) => [
      serverId,
      own
        .map(({ result: { id, startedAt, target } }) => `${id} ${startedAt} ${target.host} ${target.port}`)
        .toSorted()
        .join(' '),
    ]),
  );
