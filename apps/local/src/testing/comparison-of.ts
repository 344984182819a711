import { Comparison, type ComparisonCell, type Role } from '@mailpath/protocol';

const idOf = (i: number): string => `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`;

const IMAP = { name: 'imap', host: 'outlook.office365.com', port: 993 };
const SMTP = { name: 'smtp', host: 'smtp.office365.com', port: 587 };

const PASSED = {
  outcome: 'pass',
  asked: true,
  phase: null,
  code: null,
  ms: 12.3,
  observedAt: '2026-11-25T02:00:00.000Z',
  stale: false,
  demand: 'required',
  severity: null,
  statements: [],
  sentence: null,
  resultId: null,
  finding: null,
} as const;

/**
 * A comparison of servers, given by name with their role: a row for each check, a cell for each server in their order,
 * which passes but for what is given. `odd` names the servers that differ in every row. A check may be written `check
 * mailbox`; those of SMTP are aimed at its host.
 */
export function comparisonOf(
  servers: Readonly<Record<string, Role>>,
  rows: Readonly<Record<string, readonly Partial<ComparisonCell>[]>>,
  odd: readonly string[] = [],
): Comparison {
  const names = Object.keys(servers);
  return Comparison.parse({
    siteId: idOf(0),
    siteName: 'head office',
    generatedAt: '2026-11-25T02:00:01.000Z',
    servers: names.map((name, i) => ({
      id: idOf(i + 1),
      name,
      roles: [servers[name]],
      agent: { state: 'connected', lastSeenAt: null },
    })),
    rows: Object.entries(rows).map(([key, cells]) => {
      const [check, mailbox] = key.split(' ');
      return {
        check,
        title: 'a check',
        target: { ...(check?.startsWith('smtp') ? SMTP : IMAP), mailbox },
        cells: cells.map((cell, i) => ({ serverId: idOf(i + 1), ...PASSED, ...cell })),
        differences: odd.map((name) => ({
          serverId: idOf(names.indexOf(name) + 1),
          role: servers[name],
          from: [idOf(1)],
          siblings: 1,
          sentence: `${name} is unlike the others.`,
        })),
      };
    }),
  });
}
