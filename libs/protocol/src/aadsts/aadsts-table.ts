import { ACCOUNT_ROWS } from './account.ts';
import { APPLICATION_ROWS } from './application.ts';
import { BROWSER_ROWS } from './browser.ts';
import { CONSENT_ROWS } from './consent.ts';
import { AADSTS_TEXT_ROWS } from './by-text.ts';
import { CREDENTIAL_ROWS } from './credential.ts';
import { aadstsFamily } from './family.ts';
import { GRANT_ORIGIN_ROWS } from './grant-origin.ts';
import { POLICY_ROWS } from './policy.ts';
import { REDIRECT_PLATFORM_ROWS } from './redirect-platform.ts';
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
  ...REDIRECT_PLATFORM_ROWS,
  ...GRANT_ORIGIN_ROWS,
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

/** An answer, and how much is known of it: the number with its text, the number, or the family that it belongs to. */
export interface AadstsAnswer {
  readonly rung: 'text' | 'number' | 'family';
  readonly row: Omit<AadstsRow, 'codes'>;
  /** Of a family: only neighbours of several subjects told it, so that a special word beside the number says more. */
  readonly isVague?: boolean;
}

/**
 * The most exact explanation of `AADSTS<code>` with its `text`, the description as it came. A text that the number is
 * known by comes before the number; a number without a row is told by its family. Null where not even that is known.
 */
export function aadstsAnswer(code: number, text: string): AadstsAnswer | null {
  const said = text.slice(0, TEXT_MAX).toLowerCase();
  const byText = AADSTS_TEXT_ROWS.find(
    ({ codes, says }) => codes.includes(code) && says.some((words) => said.includes(words)),
  );
  if (byText) return { rung: 'text', row: byText };
  const row = aadsts(code);
  if (row) return { rung: 'number', row };
  const family = aadstsFamily(code, said);
  return family && { rung: 'family', ...family };
}

/** Longer than any description before its trace ids. */
const TEXT_MAX = 1024;
