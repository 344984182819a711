import type { MailAnswer } from '../custom-answer.ts';
import type { Fault } from '../faults.ts';
import type { Answer, Step } from './answer.ts';
import { IMAP_ANSWERS } from './imap-answers.ts';
import type { MailProtocol } from './mail-world.ts';
import { POP3_ANSWERS } from './pop3-answers.ts';
import { SMTP_ANSWERS } from './smtp-answers.ts';

/** Every error of Exchange Online's mail servers that can be switched on, or that follows from the directory. */
export const ANSWERS: readonly Answer[] = [...IMAP_ANSWERS, ...POP3_ANSWERS, ...SMTP_ANSWERS];

/** What can be switched on as a fault, by id: what it stands for, and its row in the list of known answers. */
export const KNOWN_ROWS: Readonly<Record<string, Pick<Answer, 'meaning' | 'source'>>> = Object.fromEntries(
  ANSWERS.map(({ id, meaning, source }) => [id, { meaning, source }]),
);

/** The row of that id; a RangeError when there is none. */
export function answer(id: string): Answer {
  const found = ANSWERS.find((each) => each.id === id);
  if (!found) throw new RangeError(`there is no answer ${id}`);
  return found;
}

/**
 * The steps whose answers are given at a step. What is switched on for a password is given to a token too: whether a
 * client knows the words can be seen without its trying a password.
 */
const metAt = (step: Step): readonly Step[] => (step === 'login' ? ['login', 'password'] : [step]);

/** What the fault says at that step or command; null where it says nothing there. */
export function answerOf(fault: Fault, protocol: MailProtocol, step: string): Answer | null {
  if ((fault.service ?? protocol) !== protocol) return null;
  if (fault.mail) return fault.mail.step === step ? customAnswer(fault.id, protocol, fault.mail) : null;
  const steps: readonly string[] = metAt(step as Step);
  const row = ANSWERS.find(
    (each) => each.id === fault.id && steps.includes(each.step) && each.protocols.includes(protocol),
  );
  return row ?? null;
}

function customAnswer(id: string, protocol: MailProtocol, { step, lines, connection }: MailAnswer): Answer {
  return {
    id,
    source: '',
    meaning: 'in words of its own',
    protocols: [protocol],
    step: step as Step,
    // A line is written a byte for a character; these may have any.
    says: lines.map((line) => Buffer.from(line, 'utf8').toString('latin1')),
    connection: connection ?? 'stays',
  };
}
