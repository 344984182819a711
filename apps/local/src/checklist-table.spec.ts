import type { Checklist, ChecklistEntry } from '@mailpath/protocol';
import { columnsOf, type Screen } from '@mailpath/terminal';
import { describe, expect, it } from 'vitest';
import { checklistTable } from './checklist-table.ts';

const SCREEN: Screen = { width: 140, style: (_, text) => text };
const SERVERS = ['svc01', 'svc02', 'app01', 'app02', 'app03'].map((name) => `${name}.ece.example.com`);
const MAILBOXES = ['sales@example.com', 'support@example.com'];

const entry = (changes: Partial<ChecklistEntry>): ChecklistEntry => ({
  item: 'C10',
  title: 'Ports that are open to the server',
  subject: { kind: 'server', name: 'svc01' },
  verdict: 'holds',
  sentence: 'These answer: outlook.office365.com:993.',
  nextStep: null,
  statements: ['S56'],
  findings: [],
  evidence: [],
  ...changes,
});
const onServers = (item: string, verdict: ChecklistEntry['verdict'], nextStep: string | null = null) =>
  SERVERS.map((name) => entry({ item, verdict, nextStep, subject: { kind: 'server', name } }));

const CHECKLIST: Pick<Checklist, 'entries' | 'readiness'> = {
  entries: [
    entry({ item: 'C1', title: 'Version of ECE', subject: { kind: 'site', name: 'Tokyo' } }),
    ...MAILBOXES.map((name) =>
      entry({
        item: 'C8',
        title: 'Permissions on the mailbox',
        subject: { kind: 'mailbox', name },
        verdict: name.startsWith('sales') ? 'holds' : 'broken',
        sentence: `${name} did not open.`,
        nextStep: `Add-MailboxPermission ${name} -User ece@example.com -AccessRights FullAccess`,
      }),
    ),
    ...onServers('C9', 'cannot-tell', 'See that the agent runs and is connected. '.repeat(6).trim()),
    ...onServers('C10', 'holds'),
    entry({
      item: 'C11',
      title: 'Microsoft の接続テスト',
      subject: { kind: 'site', name: 'Tokyo' },
      verdict: 'cannot-tell',
      sentence: 'テストの結果が記録されていません。'.repeat(12),
      nextStep: '結果を記録してください。',
    }),
  ],
  readiness: MAILBOXES.flatMap((mailbox) =>
    SERVERS.map((server) => ({
      mailbox,
      server,
      state: 'not-ready' as const,
      sentence: `${server} was refused when it signed in for ${mailbox} with a token.`,
      nextStep: 'Fix it before then.',
      statements: ['S49'],
      evidence: [],
    })),
  ),
};

describe('the checklist as text', () => {
  const text = checklistTable(CHECKLIST, SCREEN);

  it('stays within 110 columns for five servers and two mailboxes, in both scripts', () => {
    expect(Math.max(...text.split('\n').map(columnsOf))).toBeLessThanOrEqual(110);
  });

  it('says it in Japanese, and stays within a narrow terminal', () => {
    const narrow = checklistTable(CHECKLIST, { ...SCREEN, width: 80, language: 'ja' });
    expect(Math.max(...narrow.split('\n').map(columnsOf))).toBeLessThanOrEqual(80);
    expect(narrow).toMatch(/^項目 +内容 +判定$/m);
    expect(narrow).toMatch(/^C8 .*問題あり: support@example\.com; 問題な$/m);
    expect(narrow).toMatch(/^SMTP +基本認証の廃止への準備 +未対応$/m);
  });

  it('has a row for each item, the worst first, and names no site', () => {
    expect(text).toMatch(/^C1 +Version of ECE +holds$/m);
    expect(text).toMatch(
      /^C8 +Permissions on the mailbox +BROKEN: support@example\.com; holds: sales@example\.com$/m,
    );
    expect(text.match(/^(C|X)\d+ /gm)).toHaveLength(5);
  });

  it('says last who is ready, and leaves that out where there is no mailbox', () => {
    expect(text).toMatch(/^SMTP +Ready for the end of basic authentication +NOT READY$/m);
    const readiness = CHECKLIST.readiness.map((each, index) => ({
      ...each,
      state: index === 0 ? ('cannot-tell' as const) : ('ready' as const),
    }));
    const oneOpen = checklistTable({ entries: [], readiness }, SCREEN);
    expect(oneOpen).toContain(`cannot tell: sales@example.com on ${SERVERS[0]};`);
    expect(oneOpen).toMatch(/;\s+ready: all others$/m);
    expect(text).not.toContain('…');
    expect(checklistTable({ ...CHECKLIST, readiness: [] }, SCREEN)).not.toContain('basic authentication');
  });
});
