import type { Answer, Step } from './answer.ts';
import { IMAP_ANSWERS } from './imap-answers.ts';
import type { MailProtocol, MailWorld } from './mail-world.ts';
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
 * The steps whose answers are given at a step. What is switched on for a password is given to a token too: whether a client knows
 * the words can be seen without its trying a password.
 */
const metAt = (step: Step): readonly Step[] => (step === 'login' ? ['login', 'password'] : [step]);

/** What is switched on at that step for an address and one of the names, with the seconds to wait that it asks for. */
export function faultyAnswer(
  { faults }: Pick<MailWorld, 'faults'>,
  protocol: MailProtocol,
  address: string,
  step: Step,
  names: readonly string[] = [],
): { answer: Answer; seconds: number | undefined } | null {
  for (const each of ANSWERS) {
    if (!metAt(step).includes(each.step) || !each.protocols.includes(protocol)) continue;
    for (const name of [undefined, ...names]) {
      const fault = faults.find(each.id, address, name);
      if (fault && (fault.service ?? protocol) === protocol) {
        return { answer: each, seconds: fault.retryAfterSeconds };
      }
    }
  }
  return null;
}
