import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startPostgres } from '@mailpath/embedded-postgres';
import { Client } from 'pg';
import { migrate } from '../../apps/api/dist/app/database/migrate.js';
import { Parts } from '../../apps/local/src/parts.ts';

/** A week of a server at 20 checks a minute is 201,600. */
const ROWS = 250_000;
const WITHIN_MS = 300_000;
const POLL_MS = 250;

const FILL = `
  insert into results_elsewhen (site_id, observed_at, agent_id, boot, sequence, id, server_id, check_id, target_name,
    target_host, target_port, outcome, duration_ms, phases, evidence, evidence_hashes, received_at)
  select s, date_trunc('week', now()) + interval '9 days' + n * interval '1 second', s, s, n, gen_random_uuid(), s, 'imap.tls',
    'imap', 'outlook.office365.com', 993, 'pass', 1, '[]', '{}', '{}', now()
  from generate_series(1, $1) as n, (select gen_random_uuid() as s) as one`;

/**
 * What a clock that is weeks ahead had left with an earlier version does not keep the API from starting, and finds its
 * place.
 */
export const clocksAhead = {
  name: 'clocks ahead',
  async run(): Promise<{ figure: string; bound: string; held: boolean }> {
    const folder = mkdtempSync(join(tmpdir(), 'mailpath-clocks-'));
    // Postgres may run as another user, who must reach it.
    chmodSync(folder, 0o711);
    const parts = new Parts();
    const postgres = await startPostgres(folder);
    try {
      await migrate(postgres.url);
      const database = new Client({ connectionString: postgres.url });
      await database.connect();
      await database.query(FILL, [ROWS]);
      const url = await parts.startApi(join(folder, 'api.log'), {
        DATABASE_URL: postgres.url,
        MAILPATH_HOME: folder,
        MAILPATH_PORT: '0',
        MAILPATH_PUBLIC_URL: '',
        MAILPATH_SECRET_KEY: '',
      });
      const { left, ready } = await untilMoved(database, url);
      await database.end();
      return {
        figure: `${ROWS - left} rows moved; ready at ${ready.filter(Boolean).length} of ${ready.length} looks meanwhile`,
        bound: `${ROWS} rows moved; ready at each`,
        held: left === 0 && ready.every(Boolean),
      };
    } finally {
      await parts.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function untilMoved(database: Client, url: string): Promise<{ left: number; ready: boolean[] }> {
  const until = performance.now() + WITHIN_MS;
  const ready: boolean[] = [];
  for (;;) {
    ready.push((await fetch(new URL('/health/ready', url))).ok);
    const { rows } = await database.query<{ left: number }>(
      'select count(*)::int as left from results_elsewhen',
    );
    const left = rows[0]?.left ?? ROWS;
    if (left === 0 || performance.now() > until) return { left, ready };
    await delay(POLL_MS);
  }
}
