import type { CheckResult, Grant, Lease, Task } from '@mailpath/protocol';
import { CheckResult as CheckResultSchema } from '@mailpath/protocol';
import type { Obtained } from '../credential.ts';
import type { LeasedOptions } from '../run-leased.ts';
import { runLeased } from '../run-leased.ts';
import { textWithoutSecrets } from '../without-secrets.ts';

/** A grant of each kind; each text in it must never be seen again. */
export const GRANTS: { readonly [Kind in Grant['kind']]: Extract<Grant, { kind: Kind }> } = {
  'authorization-code': {
    kind: 'authorization-code',
    code: '0.ATheCode-canary_AQABAAIAAAD',
    codeVerifier: 'the-code-verifier-canary-0123456789-0123456789',
    redirectUri: 'https://ece.example.com/system/callback',
  },
  'refresh-token': { kind: 'refresh-token', refreshToken: '0.ATheOldRefreshToken-canary' },
  'access-token': {
    kind: 'access-token',
    accessToken: 'an-access-token-canary',
    expiresAt: '2026-11-25T02:00:00Z',
  },
  'device-code': { kind: 'device-code' },
  'client-credentials': { kind: 'client-credentials' },
};

export const CLIENT_SECRET = 'Q~the.client+secret/canary';

/** A lease that is good for another hour. */
export function lease(kind: Grant['kind'], more: Partial<Lease> = {}): Lease {
  return {
    id: '00000000-0000-4000-8000-00000000000a',
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    userName: 'sales@example.com',
    tenant: 'example.onmicrosoft.com',
    clientId: '11111111-2222-3333-4444-555555555555',
    clientSecret: kind === 'device-code' ? null : CLIENT_SECRET,
    clientAssertion: null,
    scopes: ['https://outlook.office.com/IMAP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send'],
    grant: GRANTS[kind],
    ...more,
  };
}

/** What came of an order, and all that the API was told beside the results. */
export interface Carried {
  results: CheckResult[];
  obtained: Obtained[];
  codes: { userCode: string; verificationUri: string; expiresAt: string }[];
}

/** Runs an order; every result has passed the protocol's schema. */
export async function carryOut(
  tasks: readonly Task[],
  lent: Lease,
  options: Partial<LeasedOptions> = {},
): Promise<Carried> {
  const obtained: Obtained[] = [];
  const codes: Carried['codes'] = [];
  const results = await runLeased(tasks, lent, {
    roundDeadlineMs: 50_000,
    checkDeadlineMs: 45_000,
    revocation: false,
    onObtained: (tokens) => obtained.push(tokens),
    onDeviceCode: (code) => codes.push(code),
    ...options,
  });
  return { results: results.map((result) => CheckResultSchema.parse(result)), obtained, codes };
}

/** The secrets of which a trace, in any form that is looked for, is in a text. */
export function seenIn(value: unknown, secrets: readonly string[]): string[] {
  const text = JSON.stringify(value);
  return secrets.filter((secret) => textWithoutSecrets(text, new Set([secret])) !== text);
}
