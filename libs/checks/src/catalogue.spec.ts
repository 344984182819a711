import { readdirSync } from 'node:fs';
import {
  CHECK_PROOFS,
  CHECK_TITLES,
  CheckId,
  checkFacts,
  CHECKS,
  CLOUD_TARGETS,
  isKnownCheck,
  Statement,
  Task,
} from '@mailpath/protocol';
import { expect, test } from 'vitest';
import { CATALOGUE, standardTasks } from './catalogue.ts';
import type { Check } from './check.ts';

const files = readdirSync(new URL('./checks/', import.meta.url)).filter((name) => name.endsWith('.check.ts'));
const fileOf = ({ id }: Check) => `${id.replaceAll('.', '-')}.check.ts`;

test('every file of a check is in the catalogue, under the name that its id gives', () => {
  expect(CATALOGUE.map(fileOf).toSorted()).toEqual(files.toSorted());
});

test('no id is taken twice, and each is one the protocol takes', () => {
  const ids = CATALOGUE.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(CheckId.parse(id)).toBe(id);
});

test.each(CATALOGUE.map((check) => [check.id, check] as const))(
  '%s says what it proves and which statements it bears on',
  (_, { title, proves, statements }) => {
    expect(title.length).toBeGreaterThan(5);
    expect(proves).toMatch(/\.$/);
    expect(statements.length).toBeGreaterThan(0);
    for (const statement of statements) expect(Statement.parse(statement)).toBe(statement);
  },
);

test('every row of words says in English what its check says, and in Japanese besides', () => {
  for (const [words, said] of [
    [CHECK_TITLES, 'title'],
    [CHECK_PROOFS, 'proves'],
  ] as const) {
    const english = Object.entries(words).map(([id, { en }]) => [id, en]);
    const known = CATALOGUE.filter(({ id }) => isKnownCheck(id));
    expect(Object.fromEntries(english)).toEqual(
      Object.fromEntries(known.map((check) => [check.id, check[said]])),
    );
    for (const { ja } of Object.values(words)) expect(ja).toMatch(/[\p{sc=Hiragana}\p{sc=Han}]/u);
  }
});

test('every row of facts is of a check, and says what the check says', () => {
  const checks = new Map(CATALOGUE.map((check) => [check.id, check]));
  expect(Object.keys(CHECKS).filter((id) => !checks.has(id))).toEqual([]);
  for (const { id, target, statements, needs } of CATALOGUE) {
    // A check of the path needs no row: its id says what it speaks.
    const row = isKnownCheck(id) ? { service: target, statements } : {};
    expect({ id, ...checkFacts(id) }).toMatchObject({ id, needs, ...row });
  }
});

test('every statement about reach, S46 to S60, is borne on by a check', () => {
  const covered = new Set(CATALOGUE.flatMap(({ statements }) => statements));
  const reach = Array.from({ length: 15 }, (_, i) => `S${46 + i}`);
  expect(reach.filter((statement) => !covered.has(statement))).toEqual([]);
});

test('the standard tasks aim every check that needs nothing of anybody at its standard target of the cloud', () => {
  const tasks = standardTasks('china');
  for (const task of tasks) expect(Task.parse(task)).toEqual(task);
  const standing = CATALOGUE.filter(
    ({ needs, target }) => target !== null && /^(?:direct-path|web)$/.test(needs),
  );
  expect(tasks.map(({ check, target }) => ({ check, target }))).toEqual(
    standing.map(({ id, target }) => {
      if (target === null) throw new Error(`${id} has no target`);
      return { check: id, target: { name: target, ...CLOUD_TARGETS.china[target] } };
    }),
  );
  const aimedAt = new Set(tasks.map(({ target }) => target.name));
  expect([...aimedAt].toSorted()).toEqual(Object.keys(CLOUD_TARGETS.china).toSorted());
});

test('a target that a site replaces is replaced, and only that one', () => {
  const own = { host: '127.0.0.2', port: 1993 };
  const tasks = standardTasks('worldwide', { imap: own });
  expect(tasks.find(({ check }) => check === 'imap.tls')?.target).toEqual({ name: 'imap', ...own });
  for (const { target } of tasks) expect(target.host === own.host).toBe(target.name === 'imap');
});
