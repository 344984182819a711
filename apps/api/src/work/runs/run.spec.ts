import { describe, expect, it } from 'vitest';
import { toRun, type RunServerRow } from './run.ts';

const ID = '0192f000-0000-7000-8000-000000000001';
const requestedAt = new Date('2026-11-24T03:00:00Z');
const deadlineAt = new Date('2026-11-24T03:00:20Z');
const row = (changes: Partial<RunServerRow>): RunServerRow => ({
  run_id: ID,
  server_id: ID,
  name: 'svc01',
  agent_id: ID,
  expected: 6,
  received: 0,
  finished_at: null,
  withheld: [],
  ...changes,
});
const at = (seconds: number, ...rows: RunServerRow[]) =>
  toRun(
    { id: ID, siteId: ID, kind: 'asked', requestedAt, deadlineAt },
    rows,
    new Date(requestedAt.getTime() + seconds * 1000),
  );

describe('the progress of a run', () => {
  it('is running while a server that was asked is still in time', () => {
    const run = at(5, row({ received: 2 }), row({ name: 'svc02', received: 6, finished_at: deadlineAt }));
    expect(run.state).toBe('running');
    expect(run.servers.map(({ state }) => state)).toEqual(['waiting', 'done']);
  });

  it('is done once the deadline has passed, and says who did not answer', () => {
    const run = at(21, row({ received: 5 }));
    expect([run.state, run.servers[0]?.state]).toEqual(['done', 'no-answer']);
  });

  it('never waits for a server whose agent was not there to be asked', () => {
    const run = at(1, row({ agent_id: null, expected: 0 }));
    expect([run.state, run.servers[0]?.state]).toEqual(['done', 'offline']);
  });

  it('counts a server as done when its last result comes after the deadline', () => {
    expect(at(60, row({ received: 6, finished_at: deadlineAt })).servers[0]?.state).toBe('done');
  });
});
