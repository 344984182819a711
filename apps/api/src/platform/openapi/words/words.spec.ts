import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SchemaObject } from '../describe.ts';
import { CLOSED_LISTS } from './closed-lists.ts';
import { KEPT_WORDS } from './words.ts';

const file = join(import.meta.dirname, '../../../../../../docs/openapi.json');
const { schemas } = JSON.parse(readFileSync(file, 'utf8')).components as {
  schemas: Record<string, SchemaObject>;
};

/** The paths of a component's properties, without steps for lists and alternatives. */
function pathsOf(at: string, schema: SchemaObject): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
    `${at}.${name}`,
    ...pathsOf(`${at}.${name}`, inner),
  ]);
  const { items, additionalProperties: more, anyOf = [], oneOf = [] } = schema;
  const inside = [items, more, ...anyOf, ...oneOf].filter((inner) => typeof inner === 'object');
  return [...own, ...inside.flatMap((inner) => pathsOf(at, inner))];
}

describe('the words of the OpenAPI document', () => {
  it('say of every closed list what each of its words means', () => {
    const silent = Object.entries(schemas).flatMap(([name, { enum: words = [], description = '' }]) =>
      (words as string[])
        .filter((word) => !description.includes(`\`${word}\``))
        .map((word) => `${name}: ${word}`),
    );
    expect(silent).toEqual([]);
  });

  it('are kept for nothing that is not there', () => {
    const paths = Object.entries(schemas).flatMap(([name, schema]) => [name, ...pathsOf(name, schema)]);
    const leaves = new Set(paths.map((path) => `${path.split('.')[0]}:${path.split('.').at(-1)}`));
    expect(KEPT_WORDS.filter((name) => !paths.includes(name) && !leaves.has(name))).toEqual([]);
    const more = Object.entries(CLOSED_LISTS).flatMap(([name, { words }]) => {
      const listed = (schemas[name]?.['enum'] ?? []) as string[];
      return Object.keys(words).filter((word) => !listed.includes(word));
    });
    expect(more).toEqual([]);
  });
});
