import { expect, it } from 'vitest';
import type { Finding } from '@mailpath/protocol';
import { changesOf, type KnownFinding, type Situation } from './finding-life.ts';

const finding = {
  key: 'mailpath.approval-awaited svc03',
  params: {},
  scope: { kind: 'server', servers: ['svc03'], checks: [] },
  consequences: [],
} as unknown as Finding;
const situation = (known: readonly KnownFinding[], found: readonly Finding[]): Situation => ({
  known,
  found,
  newest: [],
  servers: new Map([['s3', 'svc03']]),
  isAsked: () => true,
});
const stored = (state: KnownFinding['state']): KnownFinding => ({
  id: 'f1',
  state,
  openings: 1,
  finding,
  seen: [],
});

it('opens at once when it rests on a fact of the site, stays while the fact does, and closes with it', () => {
  const kinds = (known: readonly KnownFinding[], found: readonly Finding[]) =>
    changesOf(situation(known, found)).map(({ kind }) => kind);
  expect(kinds([], [finding])).toEqual(['opened']);
  expect(kinds([stored('open')], [finding])).toEqual([]);
  expect(kinds([stored('open')], [])).toEqual(['closed']);
  expect(kinds([stored('closed')], [finding])).toEqual(['opened']);
});
