import { describe, expect, it } from 'vitest';
import type { CheckResult, Target } from '@mailpath/protocol';
import { answeredBy } from './order-tasks.ts';

const target: Target = {
  name: 'sales',
  host: 'outlook.office365.com',
  port: 993,
  mailbox: 'sales@example.com',
};
const task = { check: 'imap.mailbox', target };
const MINUTES = 60_000;

const ORDER: Parameters<typeof answeredBy>[0][number] = {
  agentId: 'agent',
  runId: 'run',
  tasks: [task],
  endedAt: null,
};

const find = (
  changes: Partial<Target> = {},
  { agentId = 'agent', runId = 'run' as string | null, check = 'imap.mailbox', now = 0, order = ORDER } = {},
) => {
  const result = { check, target: { ...target, ...changes } } as CheckResult;
  return answeredBy([order], { agentId, runId, result }, now);
};

describe('a result', () => {
  it('belongs to the task that was asked', () => {
    expect(find()).toEqual({ order: ORDER, task: 0 });
  });

  it.each<[string, Parameters<typeof find>]>([
    ['another mailbox', [{ mailbox: 'support@example.com' }]],
    ['no mailbox', [{ mailbox: undefined } as unknown as Partial<Target>]],
    ['another target', [{ name: 'support' }]],
    ['another host', [{ host: 'elsewhere.example.com' }]],
    ['another port', [{ port: 143 }]],
    ['another check', [{}, { check: 'smtp.login' }]],
    ['another agent', [{}, { agentId: 'other' }]],
    ['another run', [{}, { runId: 'other' }]],
    ['no run', [{}, { runId: null }]],
  ])('of %s belongs to no lease', (_, asked) => {
    expect(find(...asked)).toBeNull();
  });

  it('that comes late is known for ten minutes', () => {
    const order = { ...ORDER, endedAt: 0 };
    expect(find({}, { order, now: 10 * MINUTES - 1 })).toEqual({ order, task: 0 });
    expect(find({}, { order, now: 10 * MINUTES })).toBeNull();
  });
});
