import type { CheckResult } from '@mailpath/protocol';
import type { Cause } from './causes.ts';
import { deniedIn } from './evidence/logins.ts';
import { mailboxOf, spoken } from './sign-in/sign-in.ts';
import type { Refusal } from './words/told.ts';

/** Rules that tell of a mailbox which does not open, though the sign-in was accepted. */
const CLOSED = ['mailbox.refused', 'login.service-principal'];

/**
 * A mailbox that does not open for a sign-in that is accepted takes no login by SMTP either (no licence, no mailbox, no
 * right to it), and SMTP gives no reason. Its refusal follows from the mailbox then, on whichever server it was met; a
 * refusal that says why stands by itself. Pure.
 */
export function foldClosedMailboxes(causes: readonly Cause[]): Cause[] {
  const closed = causes.filter(
    ({ rule, clue }) =>
      CLOSED.includes(rule.id) && clue.results.some((result) => deniedIn(result, 'open-mailbox')),
  );
  const sourceOf = (result: CheckResult): Cause | undefined =>
    closed.find(({ clue }) => clue.results.some((other) => mailboxOf(other) === mailboxOf(result)));
  return causes.filter((cause) => {
    const { clue, server } = cause;
    if (closed.includes(cause) || !clue.results.every(isLoginBySmtp) || saysWhy(clue.details)) return true;
    const sources = clue.results.map(sourceOf);
    if (!sources.every((source) => source !== undefined)) return true;
    for (const [index, result] of clue.results.entries()) sources[index]?.elsewhere.push({ server, result });
    for (const result of cause.consequences) sources[0]?.elsewhere.push({ server, result });
    return false;
  });
}

const isLoginBySmtp = (result: CheckResult): boolean =>
  deniedIn(result, 'authenticate') && spoken(result) === 'smtp';

/** Words that name one reason; what SMTP says of a token as such may have any of them. */
function saysWhy(details: object): boolean {
  const { answer } = details as Partial<Refusal>;
  return answer?.rung === 'row' && answer.items !== undefined && answer.items[0] !== 'C5';
}
