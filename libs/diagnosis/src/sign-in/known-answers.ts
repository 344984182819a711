import { aadstsAnswer } from '@mailpath/protocol';
import { explainTokenAnswer } from '../answers/explain-token-answer.ts';
import { mailAnswer } from '../answers/ladder/mail-answer.ts';
import type { AnswerTables } from './answers.ts';

/**
 * The ladder of Entra ID's and Exchange Online's answers. Of what not even the family is known stays unknown: the line
 * itself is shown then, and the step in which it came.
 */
export const KNOWN_ANSWERS: AnswerTables = {
  token(answer) {
    const { by, rung, row } = explainTokenAnswer(answer);
    if (by === 'nothing') return null;
    const { meaning, action, items, owner, retry } = row;
    const numbered =
      by === 'aadsts' && answer.aadsts ? aadstsAnswer(answer.aadsts, answer.description ?? '') : null;
    return { meaning, action, items, owner, retry, rung, cause: numbered?.row.cause ?? null, denies: null };
  },
  exchange(said) {
    const answer = mailAnswer(said);
    if (!answer) return null;
    const { meaning, action, items, owner, retry, rung, denies = null } = answer;
    return { meaning, action, items, owner, retry, rung, cause: null, denies };
  },
};
