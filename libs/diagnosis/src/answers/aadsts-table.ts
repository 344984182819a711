import { ACCOUNT_ROWS } from './aadsts/account.ts';
import { APPLICATION_ROWS } from './aadsts/application.ts';
import { BROWSER_ROWS } from './aadsts/browser.ts';
import { CONSENT_ROWS } from './aadsts/consent.ts';
import { POLICY_ROWS } from './aadsts/policy.ts';
import { REQUEST_ROWS } from './aadsts/request.ts';
import { SERVICE_ROWS } from './aadsts/service.ts';
import { TENANT_ROWS } from './aadsts/tenant.ts';
import { TOKEN_ROWS } from './aadsts/token.ts';
import type { AadstsRow } from './aadsts/aadsts-row.ts';

export type { AadstsGroup, AadstsRow } from './aadsts/aadsts-row.ts';

/**
 * Every error number of Entra ID that mail with OAuth can meet (Microsoft: authentication and authorization error codes).
 * Microsoft may change what a number stands for: the numbers explain an answer, and nothing is decided by them.
 */
export const AADSTS_ROWS: readonly AadstsRow[] = [
  ...ACCOUNT_ROWS,
  ...BROWSER_ROWS,
  ...TOKEN_ROWS,
  ...APPLICATION_ROWS,
  ...CONSENT_ROWS,
  ...TENANT_ROWS,
  ...POLICY_ROWS,
  ...SERVICE_ROWS,
  ...REQUEST_ROWS,
];

const BY_CODE: ReadonlyMap<number, AadstsRow> = new Map(
  AADSTS_ROWS.flatMap((row) => row.codes.map((code) => [code, row] as const)),
);

/** What `AADSTS<code>` means; null for a number that the table does not have. */
export function aadsts(code: number): AadstsRow | null {
  return BY_CODE.get(code) ?? null;
}
