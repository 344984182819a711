import type { CheckResult, Finding } from '@mailpath/protocol';
import { type Change, changesOf, type KnownFinding } from '../finding-life.ts';
import type { NewestResult } from '../seen-result.ts';

/**
 * One evaluation of a story. A result is written `app01 r2 fail`, a second look `app01 r2 fail of r1`, an old one with
 * `stale`.
 */
export interface Step {
  newest: string[];
  /** Key to the servers whose results it rests on. */
  found?: Record<string, string[]>;
  /** Servers that are not retired; both where nothing is said. */
  servers?: string[];
  /** Key to what it is then. */
  states: Record<string, string>;
}

export const CHECK = { check: 'imap.tls', target: 'imap' };

export function lookOf(text: string): NewestResult {
  const [server = '', id = '', outcome = '', ...more] = text.split(' ');
  const failed = outcome === 'fail' || outcome === 'internal';
  const result: CheckResult = {
    id,
    check: CHECK.check,
    target: { name: CHECK.target, host: 'outlook.office365.com', port: 993 },
    outcome: failed ? 'fail' : (outcome as CheckResult['outcome']),
    startedAt: '2026-11-24T03:00:00.000Z',
    durationMs: 1,
    phases: [],
    failure: failed
      ? { phase: 'connect', code: outcome === 'internal' ? 'internal' : 'refused', message: 'it failed' }
      : null,
    reason: null,
    evidence: {},
    repeats: more.includes('of') ? (more[more.indexOf('of') + 1] ?? null) : null,
  };
  return { serverId: `id of ${server}`, result, stale: more.includes('stale') };
}

export const findingOf = (key: string, servers: string[], changes: Partial<Finding> = {}): Finding => ({
  key,
  rule: 'connect.refused',
  severity: 'error',
  confidence: 'likely',
  scope: { kind: 'server', servers, checks: servers.map((server) => ({ server, ...CHECK })) },
  phase: 'connect',
  code: 'refused',
  owner: 'network',
  checklistItem: 'C10',
  items: ['C10'],
  statements: [],
  params: {},
  evidence: [],
  consequences: [],
  summary: '',
  cause: '',
  nextStep: '',
  excludes: [],
  ...changes,
});

export const changesIn = (
  known: readonly KnownFinding[],
  { newest, found = {}, servers = ['app01', 'app02'] }: Step,
) =>
  changesOf({
    known,
    found: Object.entries(found).map(([key, on]) => findingOf(key, on)),
    newest: newest.map(lookOf).filter(({ serverId }) => servers.some((name) => serverId === `id of ${name}`)),
    servers: new Map(servers.map((name) => [`id of ${name}`, name])),
    isAsked: ({ serverId }) => servers.some((name) => serverId === `id of ${name}`),
  });

/** What is stored after a change, as the tables keep it. */
export function applied(rows: readonly KnownFinding[], change: Change): KnownFinding[] {
  const id = change.id ?? `row ${rows.length + 1}`;
  const row = rows.find((each) => each.id === id);
  const others = rows.filter((each) => each.id !== id);
  if (!('finding' in change))
    return row && row.openings > 0 ? [...others, { ...row, state: 'closed' }] : others;
  const { finding, seen, kind } = change;
  const openings = (row?.openings ?? 0) + (kind === 'opened' ? 1 : 0);
  const state = kind === 'opened' ? 'open' : kind === 'suspected' ? 'pending' : (row?.state ?? 'pending');
  return [...others, { id, state, openings, finding, seen }];
}

export const statesOf = (rows: readonly KnownFinding[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ finding, state, openings }) => [finding.key, `${state} ${openings}`]));
