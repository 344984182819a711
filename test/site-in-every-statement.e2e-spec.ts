import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SOURCES = globSync('apps/api/src/history/**/*.ts', { cwd: new URL('..', import.meta.url) })
  .filter((path) => !path.endsWith('.spec.ts'))
  .sort();
const TABLES = [
  'results',
  'latest',
  'evidence',
  'agent_boots',
  'agent_evidence',
  'run_servers',
  'agents',
  'servers',
];

/** A statement as it uses one table. */
interface Part {
  path: string;
  table: string;
  text: string;
}

/**
 * What is asked of all sites on purpose. A start of an agent that enrolled again at another site goes on where it was:
 * its id is known before its first site is.
 */
const OVER_SITES = ['select max(o.acknowledged) from agent_boots o where o.boot = k.boot'];

/** The statements of a source: its texts that begin like SQL. */
function partsOf(path: string, source: string): Part[] {
  const texts = [...source.matchAll(/`([^`]*)`|'((?:select|update|delete) [^']*)'/g)].map(
    ([, template, plain]) => template ?? plain ?? '',
  );
  return texts.flatMap((text) =>
    TABLES.filter((table) => new RegExp(`\\b(?:from|join|update|into) ${table}\\b`).test(text)).map(
      (table) => ({
        path,
        table,
        text: text.replaceAll(/\s+/g, ' ').trim(),
      }),
    ),
  );
}

/** Whether the table's own site is compared, joined by, or stored. */
function namesTheSite({ table, text }: Part): boolean {
  let rest = text;
  for (const known of OVER_SITES) rest = rest.replace(known, '');
  const uses = [...rest.matchAll(new RegExp(`\\b(from|join|update|into) ${table}\\b(?: as)? ?(\\w*)`, 'g'))];
  return uses.every(([use, verb, alias = '']) => {
    if (verb === 'into')
      return rest.includes('site_id') || rest.includes('${names}') || rest.includes('${shared');
    const after = rest.slice(rest.indexOf(use));
    const named = ['where', 'set', 'on', 'using', 'join', 'cross', 'order', ''].includes(alias)
      ? ''
      : `${alias}.`;
    return (
      after.includes(`${named}site_id =`) ||
      after.includes(`= ${named}site_id`) ||
      /using \(site_id\b/.test(after)
    );
  });
}

const PARTS = SOURCES.flatMap((path) =>
  partsOf(path, readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')),
);

describe('every statement of the history', () => {
  it('is found', () => {
    expect(new Set(PARTS.map(({ table }) => table))).toEqual(new Set(TABLES));
    expect(PARTS.length).toBeGreaterThan(15);
  });

  it.each(PARTS.map((part) => [`${part.path}: ${part.text.slice(0, 70)} (${part.table})`, part] as const))(
    'names the site: %s',
    (_, part) => {
      expect(namesTheSite(part)).toBe(true);
    },
  );
});

describe('a statement that does not', () => {
  it.each([
    'select id from results r where r.id = $1',
    'update agent_boots set dropped = 0 where boot = $1',
    'select r.id from latest l join results r on r.id = l.result_id where l.site_id = $1',
    'delete from evidence e where e.seen_on < $1',
  ])('is told from the others: %s', (text) => {
    const parts = partsOf('planted.ts', `\`${text}\``);
    expect(parts.map(namesTheSite)).toContain(false);
  });
});
