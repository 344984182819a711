import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is as wide as a blank, and what nobody sees: `shownText` of platform/fields.ts, as far as names hold it. */
const BLANKS = String.raw`[\u00a0\u1680\u2000-\u200a\u202f\u205f]`;
const UNSEEN = String.raw`[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb\uffa0]`;
const ONE_SPELLING = (column: string): string =>
  `normalize(regexp_replace(regexp_replace(${column}, '${UNSEEN}', '', 'g'), '${BLANKS}', ' ', 'g'), NFC)`;

/**
 * Sites, and the servers of a site, are told apart by more than upper and lower case: a host has one name, and whoever
 * confirms an end by a name means one site. Of those that differed by nothing else the oldest keeps its name, and the
 * others get the end of their id behind it.
 */
export class NamesInOneCase1766966400040 implements MigrationInterface {
  readonly name = 'NamesInOneCase1766966400040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table sites drop constraint sites_name_key`);
    for (const column of ['name', 'version', 'es_level'])
      await runner.query(
        `update sites set ${column} = coalesce(nullif(btrim(${ONE_SPELLING(column)}), ''), ${column})
         where ${column} is distinct from ${ONE_SPELLING(column)}`,
      );
    // The end of an id: UUIDs of version 7 begin with the moment, which several share.
    await runner.query(`update servers s set name = left(s.name, 87) || '-' || right(s.id::text, 12)
      where s.retired_at is null and exists (select from servers o
        where o.site_id = s.site_id and o.retired_at is null and o.id < s.id and lower(o.name) = lower(s.name))`);
    await runner.query(`update sites s set name = left(s.name, 87) || ' ' || right(s.id::text, 12)
      where exists (select from sites o where o.id < s.id and lower(o.name) = lower(s.name))`);
    await runner.query(`drop index servers_name_key`);
    await runner.query(
      `create unique index servers_name_key on servers (site_id, lower(name)) where retired_at is null`,
    );
    await runner.query(`create unique index sites_name_key on sites (lower(name))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index sites_name_key`);
    await runner.query(`alter table sites add constraint sites_name_key unique (name)`);
    await runner.query(`drop index servers_name_key`);
    await runner.query(
      `create unique index servers_name_key on servers (site_id, name) where retired_at is null`,
    );
  }
}
