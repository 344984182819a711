import type { CheckResult, Phase } from '@mailpath/protocol';
import type { RuleContext } from '../look.ts';
import { knownAnswer, mailboxOf, replyOf } from '../sign-in/sign-in.ts';

export const deniedIn = ({ failure }: CheckResult, phase: Phase): boolean =>
  failure?.phase === phase && failure.code === 'denied';

/** Refused for good at that step: outright, or under a code that promises to pass, with a reason that does not. */
export const refusedForGood = (result: CheckResult, phase: Phase, context: RuleContext): boolean => {
  if (deniedIn(result, phase)) return true;
  const { failure } = result;
  return (
    failure?.phase === phase && failure.code === 'unavailable' && knownAnswer(result, context)?.retry === 'no'
  );
};

export const mailboxPart = ({ target }: CheckResult) => (target.mailbox ? { mailbox: target.mailbox } : {});

export const known = ([first]: readonly [CheckResult, ...CheckResult[]], context: RuleContext) => ({
  answer: knownAnswer(first, context),
});

export const loginLines = (results: readonly CheckResult[]): string[] =>
  results.map(
    (result) => `${result.check} ${mailboxOf(result)}: ${result.failure?.message ?? replyOf(result)}`,
  );
