import { beforeEach, describe, expect, it } from 'vitest';
import type { CheckResult, Target } from '@mailpath/protocol';
import { LentTasks } from './lent-tasks.ts';

const ORDER = { id: 'lease', agentId: 'agent', runId: 'run' };
const target: Target = {
  name: 'sales',
  host: 'outlook.office365.com',
  port: 993,
  mailbox: 'sales@example.com',
};
const task = { check: 'imap.mailbox', target };
const MINUTES = 60_000;

let lent: LentTasks<typeof ORDER>;
beforeEach(() => {
  lent = new LentTasks();
  lent.lend(ORDER, [task]);
});
const find = (
  changes: Partial<Target> = {},
  { agentId = 'agent', runId = 'run' as string | null, check = 'imap.mailbox', now = 0 } = {},
) => lent.find(agentId, runId, { check, target: { ...target, ...changes } } as CheckResult, now);

describe('a result', () => {
  it('belongs to the task that was lent for, until it is answered', () => {
    const answered = find();
    expect(answered).toMatchObject({ order: ORDER, task, isOpen: true });
    expect(answered && lent.close(answered)).toBe(true);
    expect(find()).toMatchObject({ isOpen: false });
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

  it('that comes late is known for ten minutes, and answers nothing any more', () => {
    lent.end('lease', 0);
    expect(find({}, { now: 10 * MINUTES - 1 })).toMatchObject({ isOpen: false });
    expect(find({}, { now: 10 * MINUTES })).toBeNull();
  });
});
