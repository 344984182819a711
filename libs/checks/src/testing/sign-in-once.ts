import type { CheckResult } from '@mailpath/protocol';
import { CheckResult as Schema } from '@mailpath/protocol';
import type { Check } from '../check.ts';
import { Credential } from '../credential.ts';
import { pinnedAnswer } from '../io/dns.ts';
import type { Conditions } from '../run-check.ts';
import { runCheck } from '../run-check.ts';
import type { Listener } from './listen.ts';

/** A token of the usual make: three parts of base64url. Its middle is long enough to be broken into lines. */
export const TOKEN = `eyJ0eXAiOiJKV1QifQ.${'Zm9vYmFyc2VjcmV0'.repeat(20)}x1y2.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg`;
export const MAILBOX = 'sales@example.com';

/** Runs a check that signs in once against this server; the result has passed the protocol's schema. */
export async function signInOnce(
  check: Check,
  { port }: Pick<Listener, 'port'>,
  conditions: Partial<Conditions> & Pick<Conditions, 'trust'>,
): Promise<CheckResult> {
  const credential = new Credential({
    id: '00000000-0000-4000-8000-000000000001',
    expiresAt: '2099-01-01T00:00:00Z',
    userName: 'agent@example.com',
    tenant: 'example.com',
    clientId: '00000000-0000-4000-8000-000000000002',
    clientSecret: null,
    clientAssertion: null,
    scopes: ['https://outlook.office.com/IMAP.AccessAsUser.All'],
    grant: { kind: 'access-token', accessToken: TOKEN, expiresAt: '2099-01-01T00:00:00Z' },
  });
  const target = { name: 'sales', host: '127.0.0.1', port, mailbox: MAILBOX };
  const result = await runCheck(check, target, {
    name: pinnedAnswer(['127.0.0.1']),
    deadlineMs: 45_000,
    credential,
    ...conditions,
  });
  return Schema.parse(result);
}

/** Whether anything of the token, or of what it was sent in, is left in the result: raw or in base64. */
export function tracesOfToken(result: CheckResult): string[] {
  const shown = JSON.stringify(result);
  const response = Buffer.from(`user=${MAILBOX}\x01auth=Bearer ${TOKEN}\x01\x01`).toString('base64');
  const raw = [TOKEN, Buffer.from(TOKEN).toString('base64'), response];
  const pieces = raw.flatMap((text) => [text.slice(60, 84), text.slice(-48, -24)]);
  return [...raw, ...pieces].filter((piece) => shown.includes(piece));
}
