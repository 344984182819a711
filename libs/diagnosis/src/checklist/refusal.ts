import type { Bilingual } from '@mailpath/protocol';
import { isTokenCheck, signsInBy } from '../sign-in/sign-in.ts';
import { mailAnswer } from '../answers/ladder/mail-answer.ts';
import { explainTokenAnswer } from '../answers/explain-token-answer.ts';
import type { Seen } from '../settings/setting.ts';
import { fails, messageOf, type Verdict } from './known.ts';
import { say } from './words/catalogue.ts';

/** What the other end's own words are known to mean. */
export interface Refusal {
  /** The item that they belong to first; undefined where they are not known. */
  item: string | undefined;
  meaning: Bilingual;
  action: Bilingual;
}

/** What a failed sign-in, or a failed request for a token, was answered; null for anything else. */
export function refusalOf(seen: Seen): Refusal | null {
  const { failure, evidence } = seen.result;
  if (!fails(seen) || !failure) return null;
  if (isTokenCheck(seen.result)) {
    if (!evidence.token) return null;
    const { row } = explainTokenAnswer(evidence.token);
    return { item: row.items[0], meaning: row.meaning, action: row.action };
  }
  const protocol = signsInBy(seen.result);
  if (!protocol) return null;
  const lines = [
    evidence.login?.reply,
    evidence.mailbox?.reply,
    evidence.submission?.mailFrom,
    evidence.submission?.rcptTo,
    evidence.submission?.data,
  ];
  // The line that broke it comes last; what was taken before it is no refusal, and so in no table.
  const answers = lines.map((line) => (line ? mailAnswer({ protocol, phase: failure.phase, line }) : null));
  const answer = answers.find((one) => one !== null);
  return answer ? { item: answer.items[0], meaning: answer.meaning, action: answer.action } : null;
}

/** The fresh results that were refused for a reason of this item. */
export const refusedFor = (item: string, seen: readonly Seen[]): Seen[] =>
  seen.filter((one) => refusalOf(one)?.item === item);

/** `broken`, in the words of those who refused; null where nobody did. */
export function brokenBy(refused: readonly Seen[], statements: readonly string[]): Verdict | null {
  if (refused.length === 0) return null;
  const told = refused.flatMap((seen) => {
    const refusal = refusalOf(seen);
    return refusal ? [{ seen, refusal }] : [];
  });
  return {
    verdict: 'broken',
    sentences: told.map(({ seen, refusal }) => say('refused', seen.server, messageOf(seen), refusal.meaning)),
    nextSteps: told.map(({ refusal }) => say('refused.action', refusal.action)),
    statements,
    evidence: refused,
  };
}
