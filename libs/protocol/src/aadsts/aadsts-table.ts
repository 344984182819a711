import { ACCOUNT_ROWS } from './account.ts';
import { APPLICATION_ROWS } from './application.ts';
import { BROWSER_ROWS } from './browser.ts';
import { CONSENT_ROWS } from './consent.ts';
import { CREDENTIAL_ROWS } from './credential.ts';
import { POLICY_ROWS } from './policy.ts';
import { REQUEST_ROWS } from './request.ts';
import { SERVICE_ROWS } from './service.ts';
import { TENANT_ROWS } from './tenant.ts';
import { TOKEN_ROWS } from './token.ts';
import type { AadstsRow } from './aadsts-row.ts';

const ROWS = [
  ...ACCOUNT_ROWS,
  ...BROWSER_ROWS,
  ...TOKEN_ROWS,
  ...APPLICATION_ROWS,
  ...CREDENTIAL_ROWS,
  ...CONSENT_ROWS,
  ...TENANT_ROWS,
  ...POLICY_ROWS,
  ...SERVICE_ROWS,
  ...REQUEST_ROWS,
] as const;

/** A number that has a row. */
export type AadstsNumber = (typeof ROWS)[number]['codes'][number];

/**
 * Every error number of Entra ID that mail with OAuth can meet (Microsoft: authentication and authorization error
 * codes), with all that is decided by it: words, owner, items, whether to ask again, the cause, and by the cause what a
 * request that was answered so amounts to. Microsoft may change what a number stands for.
 */
export const AADSTS_ROWS: readonly AadstsRow[] = ROWS;

const BY_CODE: ReadonlyMap<number, AadstsRow> = new Map(
  AADSTS_ROWS.flatMap((row) => row.codes.map((code) => [code, row] as const)),
);

/** What `AADSTS<code>` means; null for a number that the table does not have. */
export function aadsts(code: number): AadstsRow | null {
  return BY_CODE.get(code) ?? null;
}

/**
 * What a request for a token amounts to that was answered with this number; a number without a row is a refusal for
 * good.
 */
export function aadstsOutcome(code: number | null): 'denied' | 'unavailable' | 'throttled' {
  const cause = code === null ? undefined : BY_CODE.get(code)?.cause;
  if (cause === 'throttled') return 'throttled';
  return cause === 'token.unavailable' ? 'unavailable' : 'denied';
}
