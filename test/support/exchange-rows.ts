import type { FailureCode, Phase } from '@mailpath/protocol';
import { EXCHANGE_ROWS, type ExchangeRow, type MailProtocol } from '@mailpath/diagnosis';
import { ANSWERS } from '../../apps/stand-in/src/mail/answers.ts';
import type { Answer, Step } from '../../apps/stand-in/src/mail/answer.ts';

/** One wording of a row in one protocol, and the check that meets it. */
export interface RowCase {
  /** `smtp-federation-without-https`, as the fault is called. */
  id: string;
  protocol: MailProtocol;
  answer: Answer;
  check: 'imap.mailbox' | 'pop3.mailbox' | 'smtp.login' | 'mail.round-trip';
  row: ExchangeRow;
}

/** What a check comes to: its failure, or null where the row is no failure. */
export interface Verdict {
  phase: Phase;
  code: FailureCode;
}

const CHECK = { imap: 'imap.mailbox', pop3: 'pop3.mailbox', smtp: 'smtp.login' } as const;

/** Only whoever sends a message gets that far. */
const SENDING: ReadonlySet<Step> = new Set(['recipient', 'message']);

const rowOf = ({ source }: Answer): ExchangeRow => {
  const [name] = source.split('.');
  const found = EXCHANGE_ROWS.find(({ row }) => row === name);
  if (!found) throw new Error(`the table has no row ${name}`);
  return found;
};

/**
 * Every wording that the stand-in has, once for each protocol in which it is said; rows of several steps are one case.
 */
export const CASES: readonly RowCase[] = ANSWERS.flatMap((answer) =>
  answer.protocols.map((protocol) => ({
    id: answer.id,
    protocol,
    answer,
    check: SENDING.has(answer.step) ? ('mail.round-trip' as const) : CHECK[protocol],
    row: rowOf(answer),
  })),
).filter((one, at, all) => all.findIndex((each) => nameOf(each) === nameOf(one)) === at);

/** Steps before anybody has said a name: what is switched on there is met by everybody at that address. */
const NAMELESS: ReadonlySet<Step> = new Set([
  'handshake',
  'greeting',
  'capability',
  'hello',
  'starttls',
  'auth',
]);

export const isNameless = ({ answer }: RowCase): boolean => NAMELESS.has(answer.step);

/** `greeting-web-page pop3`. */
export function nameOf({ id, protocol }: Pick<RowCase, 'id' | 'protocol'>): string {
  return `${id} ${protocol}`;
}

const PHASE: Readonly<Record<Step, Phase>> = {
  handshake: 'tls',
  greeting: 'greet',
  capability: 'greet',
  hello: 'greet',
  starttls: 'starttls',
  auth: 'authenticate',
  password: 'authenticate',
  login: 'authenticate',
  command: 'open-mailbox',
  mailbox: 'open-mailbox',
  sender: 'send',
  recipient: 'send',
  message: 'send',
};

/**
 * Where a wording shows otherwise than its row does as a rule: silence ends with the deadline, and a delay ends well.
 */
const OTHERWISE: Readonly<Record<string, Verdict | null>> = {
  'greeting-none': { phase: 'greet', code: 'timeout' },
  'smtp-message-delayed': null,
  // The greeting and the answer to EHLO pass; that STARTTLS is missing in it is found when it is wanted.
  'smtp-starttls-hidden': { phase: 'starttls', code: 'unexpected-reply' },
};

/** What must be stored: the phase by where the answer is given, the code by the diagnosis' table. */
export function verdictOf({ id, answer, row }: RowCase): Verdict | null {
  const other = OTHERWISE[id];
  return other === undefined ? { phase: PHASE[answer.step], code: row.code } : other;
}
