import { describe, expect, it } from 'vitest';
import { Comparison, type CheckResult, type Task } from '@mailpath/protocol';
import { compare, type ComparedServerWithTasks, type CompareInput } from './compare.ts';

const NOW = new Date('2026-11-24T03:10:00.000Z');
const IMAP: Task = {
  check: 'imap.tls',
  target: { name: 'imap', host: 'outlook.office365.com', port: 993 },
};
const id = (n: number): string => `0192f000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const server = (n: number, changes: Partial<ComparedServerWithTasks> = {}): ComparedServerWithTasks => ({
  id: id(n),
  name: `app0${n}`,
  roles: ['application'],
  agent: { state: 'connected', lastSeenAt: NOW.toISOString() },
  tasks: [IMAP],
  ...changes,
});

const result = (changes: Partial<CheckResult> = {}): CheckResult => ({
  id: id(99),
  ...IMAP,
  outcome: 'pass',
  startedAt: '2026-11-24T03:09:30.000Z',
  durationMs: 42.4,
  phases: [],
  failure: null,
  reason: null,
  evidence: {},
  repeats: null,
  ...changes,
});
const refused = result({
  outcome: 'fail',
  failure: { phase: 'connect', code: 'refused', message: 'refused' },
});

/** Results that arrived just now, unless they say something else. */
type Latest = readonly { serverId: string; result: CheckResult; receivedAt?: Date }[];

const comparing = ({
  latest = [],
  ...changes
}: Partial<Omit<CompareInput, 'latest'>> & { latest?: Latest }) =>
  Comparison.parse(
    compare({
      site: { id: id(0), name: 'hq', inboundProtocol: 'imap' },
      servers: [server(1), server(2)],
      latest: latest.map((each) => ({ receivedAt: NOW, ...each })),
      titleOf: (check) => `title of ${check}`,
      now: NOW,
      staleAfterMs: 200_000,
      mailStaleAfterMs: 3_000_000,
      findingAt: () => null,
      ...changes,
    }),
  );

describe('the comparison', () => {
  it('has every sentence in the language that was asked for', () => {
    const { rows } = comparing({
      servers: [server(1), server(2), server(3, { agent: { state: 'none', lastSeenAt: null } })],
      latest: [
        { serverId: id(1), result: result() },
        { serverId: id(2), result: refused },
      ],
      language: 'ja',
    });
    expect(rows[0]?.cells.map(({ sentence }) => sentence)).toEqual([
      null,
      'outlook.office365.com:993 への TCP 接続が拒否されます。',
      'このサーバーにはエージェントが登録されていません。',
    ]);
    expect(rows[0]?.differences.map(({ sentence }) => sentence)).toEqual([
      'app02 は失敗 (connect: refused)、app01 は成功です。',
    ]);
  });

  it('says outcome, failing phase, milliseconds, moment, demand and severity of every cell', () => {
    const { rows } = comparing({
      latest: [
        { serverId: id(1), result: result() },
        { serverId: id(2), result: refused },
      ],
    });
    expect(rows[0]?.cells).toMatchObject([
      {
        outcome: 'pass',
        phase: null,
        ms: 42.4,
        observedAt: '2026-11-24T03:09:30.000Z',
        stale: false,
        severity: null,
        sentence: null,
      },
      {
        outcome: 'fail',
        phase: 'connect',
        code: 'refused',
        demand: 'recommended',
        severity: 'warning',
        statements: ['S56', 'S59'],
        sentence: 'TCP to outlook.office365.com:993 is refused.',
      },
    ]);
    expect(rows[0]?.differences).toMatchObject([{ serverId: id(2), role: 'application', from: [id(1)] }]);
  });

  it('shows a server without a result as no data, with the reason, and never as failed', () => {
    const { rows } = comparing({
      servers: [
        server(1),
        server(2, { agent: { state: 'none', lastSeenAt: null } }),
        server(3, { agent: { state: 'disconnected', lastSeenAt: null } }),
      ],
    });
    expect(rows[0]?.cells.map(({ outcome, sentence }) => [outcome, sentence])).toEqual([
      ['no-data', 'No result yet.'],
      ['no-data', 'No agent is enrolled on this server.'],
      ['no-data', 'No result yet: the agent of this server is not connected.'],
    ]);
  });

  it('names the finding that explains a cell', () => {
    const finding = { id: id(50), key: 'connect.refused outlook.office365.com:993', state: 'open' } as const;
    const { rows } = comparing({
      latest: [
        { serverId: id(1), result: result() },
        { serverId: id(2), result: refused },
      ],
      findingAt: ({ serverId, check, target }) =>
        serverId === id(2) && check === 'imap.tls' && target === 'imap' ? finding : null,
    });
    expect(rows[0]?.cells.map((cell) => cell.finding)).toEqual([null, finding]);
  });

  it('says its sentences in the language that is asked for', () => {
    const { rows } = comparing({ latest: [{ serverId: id(2), result: refused }], language: 'ja' });
    expect(rows[0]?.cells.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/\p{Script=Hiragana}/u),
      expect.stringMatching(/\p{Script=Hiragana}/u),
    ]);
  });

  it('marks an old result and does not compare by it', () => {
    const { rows } = comparing({
      latest: [
        { serverId: id(1), result: result() },
        { serverId: id(2), result: { ...refused, startedAt: '2026-11-24T03:00:00.000Z' } },
      ],
    });
    expect(rows[0]?.cells.map(({ stale }) => stale)).toEqual([false, true]);
    expect(rows[0]?.differences).toEqual([]);
  });

  it('does not take a result aimed at the former target for one of the present target', () => {
    const moved = { ...IMAP.target, port: 1993 };
    const { rows } = comparing({
      servers: [server(1, { tasks: [{ ...IMAP, target: moved }] })],
      latest: [{ serverId: id(1), result: refused }],
    });
    expect(rows[0]?.cells[0]).toMatchObject({
      outcome: 'no-data',
      sentence: 'No result yet since the target was changed.',
    });
  });

  it('does not ask a server for a target that was added for the other role', () => {
    const extra: Task = { check: 'tcp.connect', target: { name: 'routing', host: 'pg', port: 38_001 } };
    const { rows } = comparing({
      servers: [server(1, { tasks: [IMAP, extra], roles: ['services'] }), server(2)],
    });
    expect(rows[1]?.cells.map(({ asked, demand, sentence }) => [asked, demand, sentence])).toEqual([
      [true, 'required', 'No result yet.'],
      [false, 'optional', 'Not asked of this server.'],
    ]);
  });

  it('never shows a negative age when the clock of a server is ahead', () => {
    const ahead = result({ startedAt: '2026-11-24T04:00:00.000Z' });
    const { rows } = comparing({ latest: [{ serverId: id(1), result: ahead }] });
    expect(rows[0]?.cells[0]).toMatchObject({ observedAt: NOW.toISOString() });
  });

  it('lets a result grow old though the clock of its server is weeks ahead', () => {
    const ahead = result({ startedAt: '2026-12-15T04:00:00.000Z' });
    const receivedAt = new Date(NOW.getTime() - 600_000);
    const { rows } = comparing({ latest: [{ serverId: id(1), result: ahead, receivedAt }] });
    expect(rows[0]?.cells[0]).toMatchObject({
      stale: true,
      observedAt: receivedAt.toISOString(),
    });
  });

  it('has a row for each mailbox, whose results stay good for as long as mailboxes are opened more seldom', () => {
    const task: Task = {
      check: 'imap.mailbox',
      target: { name: 'sales', host: 'outlook.office365.com', port: 993, mailbox: 'sales@example.com' },
    };
    const opened = (startedAt: string) =>
      comparing({
        servers: [server(1), server(2, { roles: ['services'], tasks: [IMAP, task] })],
        latest: [{ serverId: id(2), result: result({ ...task, startedAt }) }],
      }).rows.find((row) => row.check === 'imap.mailbox');
    expect(opened('2026-11-24T02:40:00.000Z')?.cells).toMatchObject([
      { outcome: 'no-data', sentence: 'Not asked of this server.' },
      { outcome: 'pass', stale: false },
    ]);
    expect(opened('2026-11-24T02:00:00.000Z')?.cells[1]?.stale).toBe(true);
  });
});
