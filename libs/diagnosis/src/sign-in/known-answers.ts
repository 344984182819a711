import { exchangeAnswer } from '../answers/exchange-table.ts';
import { explainTokenAnswer } from '../answers/explain-token-answer.ts';
import type { AnswerTables } from './answers.ts';

/** The tables of Entra ID's and Exchange Online's answers. What they do not know stays unknown: the line itself is shown then. */
export const KNOWN_ANSWERS: AnswerTables = {
  token(answer) {
    const { by, row } = explainTokenAnswer(answer);
    return by === 'nothing' ? null : row;
  },
  exchange(said) {
    const row = exchangeAnswer(said);
    return row && { meaning: row.meaning, action: row.remedy, items: row.items, owner: row.owner };
  },
};
