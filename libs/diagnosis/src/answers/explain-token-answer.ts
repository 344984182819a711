import { type AadstsAnswer, aadstsAnswer, type Evidence, lookUpNumber } from '@mailpath/protocol';
import {
  NOT_THE_SIGN_IN_HOST,
  OAUTH_ERRORS,
  TOO_MANY_REQUESTS,
  type OAuthErrorRow,
} from './oauth-error-table.ts';
import type { Rung } from './ladder/rung.ts';
import { OAUTH_SUBERRORS, saysOneThing } from './oauth-suberror-table.ts';

/** What came of a token request, by the names of its answer; `status` is that of HTTP. */
export type TokenAnswer = Pick<
  NonNullable<Evidence['token']>,
  'error' | 'aadsts' | 'suberror' | 'status' | 'description'
>;

/**
 * What an answer means, and what told it: the number (with its text, by itself, or by its family), the `suberror`, the
 * `error`, the `error` beside a number that nobody knows, or the HTTP status. `nothing` told it when all of them are
 * unknown: then the texts say no more than that, with `raw`, the words of the answer itself.
 */
export interface TokenExplanation {
  readonly by: 'aadsts' | 'suberror' | 'error' | 'error-beside-number' | 'status' | 'nothing';
  readonly rung: Rung;
  readonly row: OAuthErrorRow;
}

const RUNG: Readonly<Record<AadstsAnswer['rung'], Rung>> = { text: 'row', number: 'code', family: 'family' };

function byWord(table: Readonly<Record<string, OAuthErrorRow>>, word: string): OAuthErrorRow | null {
  // A server that says "constructor" must not be answered with what every object has.
  return Object.hasOwn(table, word) ? (table[word] ?? null) : null;
}

function byStatus({ status, error, aadsts: number }: TokenAnswer): OAuthErrorRow | null {
  if (status === undefined) return null;
  if (status === 407) return NOT_THE_SIGN_IN_HOST;
  if (status === 429) return TOO_MANY_REQUESTS;
  if (status >= 500) return OAUTH_ERRORS.temporarily_unavailable;
  // The sign-in host always says an `error` when it refuses; who says none is somebody else.
  return error || number ? null : NOT_THE_SIGN_IN_HOST;
}

/** Enough for an error, a number and its sentence. */
const RAW_MAX = 300;

/** The answer's own words on one line, bounded. */
function rawLine({ error, aadsts: number, suberror, status, description }: TokenAnswer): string {
  const [firstLine] = (description ?? '').split(/[\r\n]/, 1);
  const code = number && !firstLine?.includes(String(number)) ? `AADSTS${number}` : null;
  const words = [status === undefined ? null : `HTTP ${status}`, error, suberror, code, firstLine];
  return words
    .filter((word) => word)
    .join(' ')
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, RAW_MAX)
    .toWellFormed();
}

function unknown(answer: TokenAnswer): OAuthErrorRow {
  const raw = rawLine(answer) || '-';
  return {
    items: [],
    owner: 'unknown',
    retry: 'no',
    meaning: {
      en: `The sign-in host gave an answer that Mailpath does not know: "${raw}".`,
      ja: `サインイン ホストの応答「${raw}」は Mailpath に登録されていません。`,
    },
    action: {
      en: 'Look the number up at https://login.microsoftonline.com/error, and show the line to the Entra team with its trace ID, correlation ID and time.',
      ja: '番号を https://login.microsoftonline.com/error で検索し、トレース ID、相関 ID、時刻とともにこの行を Entra の担当者に提示してください。',
    },
  };
}

/**
 * The most exact explanation there is for a failed token request; never a guess. What is known of the number comes
 * before every word, as one number has several words and not the other way round; where no more is known than that its
 * neighbours are of several subjects, a `suberror` that says one thing comes first.
 */
export function explainTokenAnswer(answer: TokenAnswer): TokenExplanation {
  const numbered = answer.aadsts ? aadstsAnswer(answer.aadsts, answer.description ?? '') : null;
  const suberror = byWord(OAUTH_SUBERRORS, answer.suberror ?? '');
  if (numbered?.isVague && suberror && saysOneThing(answer.suberror ?? ''))
    return { by: 'suberror', rung: 'family', row: besideNumber(suberror) };
  if (numbered) return { by: 'aadsts', rung: RUNG[numbered.rung], row: numbered.row };
  if (suberror) return { by: 'suberror', rung: 'family', row: suberror };
  const error = byWord(OAUTH_ERRORS, answer.error ?? '');
  if (error)
    return answer.aadsts
      ? { by: 'error-beside-number', rung: 'family', row: besideNumber(error) }
      : { by: 'error', rung: 'code', row: error };
  const status = byStatus(answer);
  if (status) return { by: 'status', rung: 'family', row: status };
  return { by: 'nothing', rung: 'family', row: unknown(answer) };
}

/**
 * A word beside a number that nobody knows says what kind of refusal it is. Which of several causes it was, the number
 * says: so no remedy, and no blame of the program that asked.
 */
const besideNumber = (row: OAuthErrorRow): OAuthErrorRow => ({
  ...row,
  owner: row.owner === 'mailpath' ? 'unknown' : row.owner,
  items: row.owner === 'mailpath' ? ['X3', 'X8'] : row.items,
  meaning: {
    en: `The number stands in no table of Mailpath; the general word beside it says: ${row.meaning.en}`,
    ja: `この番号は Mailpath に登録されていません。併記された一般的な語の意味: ${row.meaning.ja}`,
  },
  action: lookUpNumber,
});
