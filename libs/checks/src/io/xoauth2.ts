import { createHash } from 'node:crypto';
import type { CheckRun } from '../check.ts';
import type { LentRun } from './lent-run.ts';
import { evidenceText } from '../evidence-text.ts';

/** Who signs in, and with what. `response` is the whole SASL response (Microsoft and Google: SASL XOAUTH2). */
export interface SignIn {
  mailbox: string;
  response: string;
  /** Everything that must be kept out of what is recorded. */
  secrets: ReadonlySet<string>;
}

/** What a check signs in with; the response is a secret of the run from then on. */
export function signInOf({ run: { target }, credential }: LentRun): SignIn {
  const token = credential.accessToken;
  if (token === null || target.mailbox === undefined)
    throw new Error('a check that signs in was run without a mailbox or without an access token');
  const response = Buffer.from(`user=${target.mailbox}\x01auth=Bearer ${token}\x01\x01`).toString('base64');
  credential.keepSecret(response);
  return { mailbox: target.mailbox, response, secrets: credential.secrets };
}

/** What stands in evidence for a credential that was sent: enough to tell two of them apart. */
export function shownCredential(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return `[${text.length} characters, sha256 ${hash}]`;
}

/** Keeps one exchange as evidence: who, how, and what was said to it. */
export function recordLogin(
  run: CheckRun,
  { mailbox, response }: SignIn,
  { reply, challenge }: { reply: string | null; challenge: string | null },
): void {
  run.record('login', {
    user: evidenceText(mailbox),
    mechanism: 'XOAUTH2',
    credential: shownCredential(response),
    reply: reply === null ? null : evidenceText(reply),
    challenge: challenge === null ? null : evidenceText(challenge),
  });
}

/** What an error continuation says (RFC 7628, section 3.2.2, in base64); null when it says nothing. */
export function decodedChallenge(base64: string): string | null {
  const said = Buffer.from(base64.trim(), 'base64').toString('utf8').trim();
  return said === '' ? null : said;
}
