import type { AuditEntry } from '../api/types.ts';

/** What an id in an entry is of. */
export const KINDS = [
  'site',
  'server',
  'agent',
  'mailbox',
  'user',
  'key',
  'code',
  'run',
  'sign-in',
  'session',
  'baseline',
] as const;
export type SubjectKind = (typeof KINDS)[number];

/** The word of a path, as in `/v1/sites/…/servers/…`, and the parameter that names the same thing. */
const KIND_OF: Readonly<Record<string, SubjectKind>> = {
  sites: 'site',
  servers: 'server',
  agents: 'agent',
  mailboxes: 'mailbox',
  users: 'user',
  'api-keys': 'key',
  'enrolment-codes': 'code',
  runs: 'run',
  'sign-ins': 'sign-in',
  sessions: 'session',
  baselines: 'baseline',
  siteId: 'site',
  serverId: 'server',
  agentId: 'agent',
  mailboxId: 'mailbox',
  userId: 'user',
  keyId: 'key',
  codeId: 'code',
  runId: 'run',
  signInId: 'sign-in',
  sessionId: 'session',
  baselineId: 'baseline',
};

/** What an entry is about, the largest first: by its parameters, and by the address of what was created. */
export function subjectsOf(subject: AuditEntry['subject']): { kind: SubjectKind; id: string }[] {
  const found = new Map<SubjectKind, string>();
  const keep = (word: string | undefined, id: string | undefined): void => {
    const kind = word === undefined ? undefined : KIND_OF[word];
    if (kind && id) found.set(kind, id);
  };
  for (const [word, id] of Object.entries(subject)) if (word !== 'created') keep(word, id);
  const parts = (subject['created'] ?? '').split('/').slice(2);
  for (let at = 0; at < parts.length; at += 2) keep(parts[at], parts[at + 1]);
  return KINDS.flatMap((kind) => {
    const id = found.get(kind);
    return id === undefined ? [] : [{ kind, id }];
  });
}
