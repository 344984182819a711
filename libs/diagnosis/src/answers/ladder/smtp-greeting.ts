import type { Phase } from '@mailpath/protocol';
import { comparePublicAddress } from './remedies.ts';
import type { LadderAnswer } from './rung.ts';
import type { SmtpReply } from './status-code.ts';

/** RFC 7504, and RFC 5321, section 3.1: what stands in place of a greeting for good. */
const NOT_SERVED: LadderAnswer = {
  rung: 'family',
  items: ['C10', 'X7'],
  owner: 'network',
  retry: 'no',
  meaning: {
    en: 'What answers on this port says for good that it serves no mail to who asks (RFC 5321, RFC 7504): a policy turns this public address away, or it is no host of submission.',
    ja: 'このポートで応答する相手が、接続元にはメールを提供しないと恒久的に拒否しています (RFC 5321、RFC 7504)。ポリシーによりこのパブリック アドレスが拒否されているか、送信用のホストではありません。',
  },
  action: comparePublicAddress,
};

/** Subjects that speak of who asks or how (5, protocol; 7, policy), and so may be said before any command. */
const BEFORE_A_COMMAND: ReadonlySet<number> = new Set([5, 7]);
const SYSTEM = 3;

/**
 * In place of a greeting nobody has named an address, a mailbox or a message yet, so no such subject is meant: for good
 * it is a refusal of who asks, and for now a state of the system. Null leaves it to the subject.
 */
export function refusedAtDoor(
  { code, status }: SmtpReply,
  subject: number,
  phase: Phase | null,
): LadderAnswer | typeof SYSTEM | null {
  if (phase !== 'greet' || code === null || BEFORE_A_COMMAND.has(subject)) return null;
  return (status?.class ?? (code < 500 ? 4 : 5)) === 5 ? NOT_SERVED : SYSTEM;
}
