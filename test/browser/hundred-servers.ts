import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Comparison, ComparisonCell } from '@mailpath/protocol';

const DIST = join(import.meta.dirname, '../../apps/web/dist');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const SITE = '0192f000-0000-7000-8000-000000000001';
export const SERVERS = 100;
export const CHECKS = 40;

const id = (kind: number, n: number): string =>
  `0192f000-0000-7000-8${kind}00-${n.toString(16).padStart(12, '0')}`;

/** A place of the comparison: which row, which server. */
export type Place = readonly [row: number, server: number];

/** So many servers that their API alone would take a minute to fill: the built page, fed with made-up answers. */
export class HundredServers {
  readonly #server: Server;
  readonly #streams = new Set<ServerResponse>();
  readonly comparison: Comparison = comparisonOf();
  #beat = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      void this.#answer(pathname, response);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => {
      this.#server.listen(0, '127.0.0.1', done);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/sites/${SITE}`;
  }

  close(): void {
    for (const stream of this.#streams) stream.end();
    this.#server.close();
  }

  /** Tells that these cells now take another time, or fail. */
  change(places: readonly Place[], change: Partial<ComparisonCell>): void {
    const rows = new Map<number, ComparisonCell[]>();
    for (const [row, server] of places) {
      const cells = this.comparison.rows[row]?.cells ?? [];
      const cell = { ...(cells[server] as ComparisonCell), ...change };
      cells[server] = cell;
      rows.set(row, [...(rows.get(row) ?? []), cell]);
    }
    const data = {
      generatedAt: new Date().toISOString(),
      rows: [...rows].map(([row, cells]) => {
        const { check, target, differences } = this.comparison.rows[row] as Comparison['rows'][number];
        return { check, target: target.name, differences, cells };
      }),
    };
    this.#beat += 1;
    for (const stream of this.#streams)
      stream.write(`id: ${this.#beat}\nevent: comparison\ndata: ${JSON.stringify(data)}\n\n`);
  }

  async #answer(path: string, response: ServerResponse): Promise<void> {
    if (path === `/v1/sites/${SITE}/events`) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': here\n\n');
      this.#streams.add(response);
      return;
    }
    if (path.startsWith('/v1/')) {
      const body = this.#read(path);
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? { detail: 'made up without it' }));
      return;
    }
    const file = extname(path) === '' ? 'index.html' : path;
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' });
    response.end(await readFile(join(DIST, file)).catch(() => ''));
  }

  #read(path: string): unknown {
    const own = `/v1/sites/${SITE}`;
    const answers: Record<string, unknown> = {
      '/v1/sites': { items: [{ id: SITE, name: 'large' }], nextCursor: null },
      '/v1/session': {
        kind: 'user',
        id: id(9, 1),
        name: 'reader',
        role: 'viewer',
        sites: [],
        expiresAt: null,
      },
      '/v1/checks': { items: CATALOGUE, nextCursor: null },
      [`${own}/comparison`]: this.comparison,
      [`${own}/findings`]: { items: [], nextCursor: null },
      [`${own}/verdict`]: { siteId: SITE, siteName: 'large', openFindings: 0, verdict: 'safe' },
    };
    return answers[path];
  }
}

const LANES = ['reach', 'ece', 'token', 'fetch', 'send', 'round-trip', 'own'] as const;
const CATALOGUE = Array.from({ length: CHECKS }, (_, row) => ({
  id: `made.check-${row}`,
  title: `Check ${row}`,
  lane: LANES[row % LANES.length],
  phases: ['resolve', 'connect', 'tls', 'http'],
}));

function comparisonOf(): Comparison {
  const observedAt = new Date().toISOString();
  const servers = Array.from({ length: SERVERS }, (_, n) => ({
    id: id(1, n),
    name: `${n % 2 === 0 ? 'svc' : 'app'}${String(n).padStart(3, '0')}`,
    roles: [n % 2 === 0 ? ('services' as const) : ('application' as const)],
    agent: { state: 'connected' as const, lastSeenAt: observedAt },
  }));
  return {
    siteId: SITE,
    siteName: 'large',
    generatedAt: observedAt,
    servers,
    rows: CATALOGUE.map(({ id: check, title }, row) => ({
      check,
      title,
      target: { name: `target-${row}`, host: `host${row}.contoso.example`, port: 443 },
      differences: [],
      cells: servers.map(({ id: serverId }, n) => ({
        serverId,
        outcome: 'pass',
        asked: true,
        phase: null,
        code: null,
        ms: 20 + ((row * 7 + n * 13) % 300),
        observedAt,
        stale: false,
        demand: 'required',
        severity: null,
        statements: [],
        sentence: null,
        resultId: id(2, row * SERVERS + n),
        finding: null,
      })),
    })),
  } as unknown as Comparison;
}
