import type { Phase } from '@mailpath/protocol';
import { exchangeAnswer, type MailProtocol } from '../exchange-table.ts';
import type { ExchangeRow } from '../exchange/exchange-row.ts';
import { exchangeException } from './exchange-exceptions.ts';
import { imapFamily } from './imap-families.ts';
import { plain } from './line.ts';
import { pop3Family } from './pop3-families.ts';
import type { LadderAnswer } from './rung.ts';
import { saidOfPolicy } from './said-policies.ts';
import { saidInWords } from './said-words.ts';
import { smtpCode } from './smtp-codes.ts';
import { smtpFamily } from './smtp-families.ts';

/** The step of the ladder that a line of a mail server stands on, from the most exact: text, name, code, family. */
export function mailAnswer(answer: {
  protocol: MailProtocol;
  phase: Phase | null;
  line: string;
}): LadderAnswer | null {
  const { protocol, phase } = answer;
  const line = plain(answer.line);
  const row = exchangeAnswer({ protocol, phase, line });
  if (row && !tellsByCode(row, line)) return ofRow(row, 'row');
  const said = exchangeException(line) ?? saidInWords(line, phase);
  if (said) return said;
  if (row) return ofRow(row, 'code');
  const policy = (): LadderAnswer | null => saidOfPolicy(line, phase);
  if (protocol === 'imap') return policy() ?? imapFamily(line, phase);
  if (protocol === 'pop3') return policy() ?? pop3Family(line, phase);
  return smtpCode(line) ?? policy() ?? smtpFamily(line, phase);
}

/** A row that was found by its code alone, whatever the text: its expression ends where the code does. */
const tellsByCode = ({ patterns }: ExchangeRow, line: string): boolean =>
  patterns.some((pattern) => pattern.source.endsWith('(?: |$)') && pattern.test(line));

const ofRow = (row: ExchangeRow, rung: 'row' | 'code'): LadderAnswer => ({
  rung,
  items: row.items,
  owner: row.owner,
  retry: row.retry,
  meaning: row.meaning,
  action: row.remedy,
  ...(row.denies ? { denies: row.denies } : {}),
});
