import { Injectable } from '@nestjs/common';
import type { Json } from '@mailpath/protocol';
import { DataSource, type EntityManager } from 'typeorm';
import { columnsOf, selected } from '../../platform/database/entity-columns.ts';
import type { Outline } from './evidence-split.ts';
import { bytesOf, type Glance, glanceOf, PASSED, PASSED_ROW, type PassedRow, tellsMore } from './glance.ts';
import { LatestEntity } from './latest.entity.ts';
import { readContents, resultsOf } from './result-reading.ts';
import { type Remembered, ServersMemory } from './servers-memory.ts';

/** Of all sites together: some 100,000 results that passed. */
const REMEMBERED_BYTES = 52_000_000;

/**
 * The newest results as far as a comparison goes by them. What a server's rows came to is remembered beside their
 * version, which Postgres tells at every read: whoever stored a result, and over whichever instance, what is read is
 * what is there.
 */
@Injectable()
export class NewestGlances {
  readonly #memory = new ServersMemory<Glance>(REMEMBERED_BYTES);

  constructor(private readonly database: DataSource) {}

  /** Of every server, check and target; in no order. */
  async of(siteId: string): Promise<Glance[]> {
    // A version and the rows it is of are read of one moment, as are rows and the evidence they point to.
    const servers = await this.database.transaction('REPEATABLE READ', (manager) =>
      this.#read(manager, siteId),
    );
    this.#memory.keep(siteId, servers);
    return [...servers.values()].flatMap(({ read }) => [...read]);
  }

  async #read(manager: EntityManager, siteId: string): Promise<Map<string, Remembered<Glance>>> {
    const versions = await versionsOf(manager, siteId);
    return this.#memory.at(
      siteId,
      new Map(versions.map(({ serverId, version }) => [serverId, version])),
      (anew) => this.#glances(manager, siteId, anew),
      bytesOf,
    );
  }

  async #glances(
    manager: EntityManager,
    siteId: string,
    servers: readonly string[],
  ): Promise<Map<string, Glance[]>> {
    const glances = new Map(servers.map((serverId): [string, Glance[]] => [serverId, []]));
    const passed: { serverId: string; rows: PassedRow[] }[] = await manager.query(
      `select l.server_id as "serverId", json_agg(${PASSED_ROW}) as rows from latest l
       where l.site_id = $1 and l.server_id = any($2::uuid[]) and ${PASSED} group by l.server_id`,
      [siteId, servers],
    );
    const contentOf = await contentsOf(
      manager,
      siteId,
      passed.flatMap(({ rows }) => rows),
    );
    for (const { serverId, rows } of passed)
      glances.get(serverId)?.push(...rows.map((row) => glanceOf(serverId, row, contentOf)));
    const others: LatestEntity[] = await manager.query(
      `select ${selected(columnsOf(this.database, LatestEntity), 'l')} from latest l
       where l.site_id = $1 and l.server_id = any($2::uuid[]) and not (${PASSED})`,
      [siteId, servers],
    );
    const whole = others.map((row) => Object.assign(row, { id: row.resultId }));
    for (const { row, result } of await resultsOf(manager, siteId, whole))
      glances.get(row.serverId)?.push({ serverId: row.serverId, result, receivedAt: row.receivedAt });
    return glances;
  }
}

/**
 * The version of each server's rows: another one whenever any of them was stored anew, is new or has gone. A row that
 * was stored anew has another result, or at least another transaction.
 */
function versionsOf(
  manager: EntityManager,
  siteId: string,
): Promise<{ serverId: string; version: string }[]> {
  return manager.query(
    `select l.server_id as "serverId",
       count(*) || ' ' || bit_xor(hashtextextended(concat_ws(' ', l.check_id, l.target_name, l.result_id), l.xmin::text::bigint)) as version
     from latest l where l.site_id = $1 group by l.server_id`,
    [siteId],
  );
}

/** What `glanceOf` asks for. Throws for what is not there. */
async function contentsOf(
  manager: EntityManager,
  siteId: string,
  rows: readonly PassedRow[],
): Promise<(hash: string) => Json> {
  const outlines = await readContents(
    manager,
    siteId,
    rows.map(([, , , , , , , , , hash]) => hash),
  );
  const large = [...outlines.values()].flatMap((content) => {
    const outline = content as unknown as Outline;
    return tellsMore(outline) ? Object.values(outline.large) : [];
  });
  const contents = new Map([...outlines, ...(await readContents(manager, siteId, large))]);
  return (hash) => {
    const content = contents.get(hash);
    if (content === undefined) throw new Error(`the evidence ${hash} is not there`);
    return content;
  };
}
