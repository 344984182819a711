import type { CheckResult } from '@mailpath/protocol';
import { v7 as uuidv7 } from 'uuid';

/** A result that passed; `padding` characters of evidence make it as large as a spec needs. */
export function passed(padding = 0): CheckResult {
  return {
    id: uuidv7(),
    check: 'imap.tls',
    target: { name: 'imap', host: '127.0.0.1', port: 993 },
    outcome: 'pass',
    startedAt: '2026-11-24T08:00:00.000Z',
    durationMs: 12,
    phases: [{ name: 'connect', ms: 3 }],
    failure: null,
    reason: null,
    evidence: padding === 0 ? {} : { padding: { text: 'x'.repeat(padding) } },
    repeats: null,
  };
}
