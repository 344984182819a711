import { Injectable } from '@nestjs/common';
import { pastOf, type PastResult } from '@mailpath/diagnosis';
import { ResultsService } from '../../history/results/results.service.ts';

/** As many rounds as loss and flapping need to be told from chance, and no more than are read in a moment. */
const ROUNDS = 8;
/** What was longer ago is another course of things. */
const WITHIN = '1 day';

/** What the checks of a site came to in the rounds before the newest. */
@Injectable()
export class PastRounds {
  constructor(private readonly results: ResultsService) {}

  /** By server id. */
  async of(siteId: string): Promise<ReadonlyMap<string, PastResult[]>> {
    const before = await this.results.before(siteId, ROUNDS, WITHIN);
    return new Map(
      [...Map.groupBy(before, ({ serverId }) => serverId)].map(([serverId, each]) => [
        serverId,
        each.map(({ result }) => pastOf(result)),
      ]),
    );
  }
}
