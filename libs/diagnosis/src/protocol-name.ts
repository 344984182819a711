import type { CheckResult } from '@mailpath/protocol';
import { isLoginCheck, PROTOCOL_NAME, spoken } from './sign-in/sign-in.ts';

const PROTOCOL_OF_PORT: Record<number, string> = { 443: 'HTTPS', 587: 'SMTP', 993: 'IMAP', 995: 'POP3' };

/** The protocol a check speaks, for a sentence; the first part of its id where neither check nor port says it. */
export function protocolName(result: CheckResult): string {
  if (isLoginCheck(result)) return PROTOCOL_NAME[spoken(result)];
  return PROTOCOL_OF_PORT[result.target.port] ?? (result.check.split('.')[0] ?? '').toUpperCase();
}
