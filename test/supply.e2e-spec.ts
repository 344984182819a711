import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAllowed, unknownLicences } from '../tools/supply/licences.ts';
import { lockedPackages, manifest, type Package } from '../tools/supply/lock.ts';
import { bom } from '../tools/supply/sbom.ts';

const ROOT = path.join(import.meta.dirname, '..');
const packages = lockedPackages();
const made = (facts: Partial<Package>): Package => ({
  name: 'made-up',
  version: '1.0.0',
  licence: 'MIT',
  integrity: undefined,
  isDev: false,
  isOptional: false,
  needs: [],
  ...facts,
});

describe('the licences of what is brought along', () => {
  it('have all been looked at', () => {
    expect(packages.length).toBeGreaterThan(400);
    expect(unknownLicences(packages)).toEqual([]);
  });

  it.each([
    ['that nobody knows', made({ licence: 'GPL-3.0-only' }), 1],
    ['of none', made({ licence: '' }), 1],
    ['of a test, which is not handed on', made({ licence: 'MPL-2.0', isDev: true }), 0],
    ['of a test, in what is handed on', made({ licence: 'MPL-2.0' }), 1],
    ['that may be chosen', made({ licence: '(MIT OR EUPL-1.1+)' }), 0],
    ['that holds beside another one', made({ licence: 'MIT AND GPL-2.0-only' }), 1],
    ['of one package alone, on another', made({ licence: 'OFL-1.1' }), 1],
  ])('are refused for a package %s, or not', (_, each, refused) => {
    expect(unknownLicences([each])).toHaveLength(refused);
  });

  it('are read as SPDX writes them, and no deeper', () => {
    expect(isAllowed('(MIT OR (ISC AND GPL-2.0-only))', new Set(['MIT']))).toBe(false);
  });
});

describe('the bill of materials', () => {
  const document = bom(manifest(), packages);

  it('names each package once, with its digest', () => {
    const refs = document.components.map((each) => each['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    expect(document.components.filter(({ hashes }) => hashes[0]?.content.length !== 128)).toEqual([]);
    expect(document.components.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['zod', '@nestjs/core']),
    );
  });

  it('says what needs what, of what it names alone', () => {
    const refs = new Set([
      document.metadata.component['bom-ref'],
      ...document.components.map((c) => c['bom-ref']),
    ]);
    const used = document.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(used.filter((ref) => !refs.has(ref))).toEqual([]);
    const [core] = document.dependencies.filter(({ ref }) => ref.startsWith('pkg:npm/%40nestjs/core@'));
    expect(core?.dependsOn.some((ref) => ref.startsWith('pkg:npm/tslib@'))).toBe(true);
  });

  it('tells what runs from what only builds', () => {
    const scopeOf = (wanted: string) => document.components.find(({ name }) => name === wanted)?.scope;
    expect([scopeOf('ws'), scopeOf('vitest')]).toEqual(['required', 'excluded']);
  });
});

it('says in one file under which licence Mailpath stands', () => {
  const manifests = ['package.json', '{apps,libs}/*/package.json', 'tools/*/package.json'];
  const saying = globSync(manifests, { cwd: ROOT }).filter((file) =>
    readFileSync(path.join(ROOT, file), 'utf8').includes('"license":'),
  );
  expect(saying).toEqual(['package.json']);
});
