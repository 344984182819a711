import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './canaries.ts';
import type { FreshDatabase } from './database.ts';

/** Every row of every table: texts as JSON, bytes in hexadecimal and as they are. */
export async function databasePlaces(database: FreshDatabase): Promise<Place[]> {
  const tables = await database.query<{ name: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const places: Place[] = [];
  for (const { name } of tables) {
    const rows = await database.query<Record<string, unknown>>(`select * from ${name}`);
    const cells = rows.flatMap((row) => Object.values(row)).flatMap(shown);
    places.push({ class: 'database', name: `table ${name}`, text: cells.join('\n') });
  }
  return places;
}

function shown(value: unknown): string[] {
  if (Buffer.isBuffer(value)) return [value.toString('hex'), value.toString('latin1')];
  const json = JSON.stringify(value) ?? '';
  return typeof value === 'string' ? [value, json] : [json];
}

/** Every file below a folder, but for those of these names. */
export function folderPlaces(kind: string, folder: string, except: readonly string[] = []): Place[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !except.includes(name) && lstatSync(join(folder, name)).isFile())
    .map((name) => ({ class: kind, name: `${kind}: ${name}`, text: read(join(folder, name)) ?? '' }));
}

/**
 * What the process list tells of the processes with these ids and of all that they started: command lines and
 * environments.
 * `except` are the variables by which a program was given its secrets.
 */
export function processPlaces(ids: readonly number[], except: readonly string[]): Place[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  );
  const family = new Set(ids);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const [id, parent] of parents) if (family.has(parent)) family.add(id);
  }
  return [...family].flatMap((id) => {
    const environment = (read(`/proc/${id}/environ`) ?? '')
      .split('\0')
      .filter((line) => !except.includes(line.slice(0, line.indexOf('='))));
    return [
      {
        class: 'command lines',
        name: `command line of process ${id}`,
        text: read(`/proc/${id}/cmdline`) ?? '',
      },
      { class: 'environments', name: `environment of process ${id}`, text: environment.join('\n') },
    ];
  });
}

/** The second field behind the name, which may hold blanks and brackets itself. */
const parentOf = (id: string): number =>
  Number(
    read(`/proc/${id}/stat`)
      ?.replace(/^.*\) /s, '')
      .split(' ')[1] ?? 0,
  );

function read(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // It has ended, or the file has gone, since it was listed: nothing is left there to be read.
    return null;
  }
}

interface OpenApi {
  paths: Record<string, Record<string, unknown>>;
}

/**
 * Asks every path of docs/openapi.json that can be read, with every id that its list names; nothing of a list is left
 * out.
 */
export async function restPlaces(siteId: string, get: (path: string) => Promise<string>): Promise<Place[]> {
  const document = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8'),
  ) as OpenApi;
  const places: Place[] = [];
  const ask = async (path: string): Promise<string> => {
    const text = await get(path);
    places.push({ class: 'answers', name: `GET ${path}`, text });
    return text;
  };
  const asked = new Map<string, { id: string }[]>();
  const list = async (path: string): Promise<{ id: string }[]> => {
    const known = asked.get(path);
    if (known) return known;
    const items: { id: string }[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = JSON.parse(await ask(`${path}?limit=100${more}`)) as {
        items: { id: string }[];
        nextCursor: string | null;
      };
      items.push(...page.items);
      cursor = page.nextCursor ?? null;
    }
    asked.set(path, items);
    return items;
  };
  for (const [template, methods] of Object.entries(document.paths)) {
    if (!('get' in methods)) continue;
    // A stream has no end; what it tells of cells and findings is what the comparison and the findings answer.
    if (JSON.stringify(methods['get']).includes('text/event-stream')) continue;
    if (template.endsWith('/report')) await ask(`${template.replace('{siteId}', siteId)}?format=html`);
    const path = template.replace('{siteId}', siteId);
    const [collection, parameter] = path.split(/\/(?=\{\w+\}$)/);
    if (parameter !== undefined && collection !== undefined)
      for (const { id } of await list(collection)) await ask(`${collection}/${id}`);
    else if (JSON.stringify(methods['get']).includes('"cursor"')) await list(path);
    else await ask(path);
  }
  return places;
}
