import { aadsts, type CheckResult, isFirstToken } from '@mailpath/protocol';

/** For how long a refused credential is not presented again from the same server: repeated failures lock accounts. */
const REFUSED_MS = 10 * 60_000;
/** How long to keep away from a mailbox whose server asked to slow down, and did not say for how long. */
const THROTTLED_MS = 60_000;
/** What a server may ask for at the most; it may be hostile. */
const LONGEST_MS = 60 * 60_000;

/**
 * A reason to keep away for a while: from a mailbox, for everybody; or with a credential, for the server that was
 * refused, and for all where the credential itself is what was refused.
 */
export interface Hold {
  readonly of: 'credential' | 'mailbox';
  /** Of a credential: it is refused wherever it comes from, so no other server presents it either. */
  readonly everywhere: boolean;
  readonly until: Date;
  readonly reason: string;
}

/** What a secret is refused for as such. Of others it depends on who presents it, from where: those are compared. */
const OF_ITSELF: ReadonlySet<string> = new Set(['token.secret', 'token.revoked', 'token.expired']);
/** A wrong password, and an account that was locked because of some. */
const PASSWORD: ReadonlySet<number> = new Set([50053, 50064, 50126]);

function isRefusedOfItself({ evidence }: CheckResult): boolean {
  const code = evidence.token?.aadsts;
  if (code == null) return false;
  return PASSWORD.has(code) || OF_ITSELF.has(aadsts(code)?.cause ?? '');
}

/** What follows from a result with credentials, if it arrived at `now`. */
export function holdAfter(result: CheckResult, now: Date): Hold | null {
  const { outcome, failure, check } = result;
  if (outcome === 'throttled')
    return {
      of: 'mailbox',
      everywhere: true,
      until: new Date(now.getTime() + backoffMs(result, now)),
      reason: `${check}: the other end asked to slow down`,
    };
  const refused =
    failure?.code === 'denied' && (failure.phase === 'token' || failure.phase === 'authenticate');
  // A code is good once anyway, and says nothing of the tokens that are kept.
  if (!refused || isFirstToken(check)) return null;
  return {
    of: 'credential',
    everywhere: isRefusedOfItself(result),
    until: new Date(now.getTime() + REFUSED_MS),
    reason: `${check}: refused in the phase ${failure.phase}`,
  };
}

/**
 * How long the other end asked to wait: Retry-After (RFC 9110, section 10.2.3), or Exchange's "Suggested Backoff Time".
 */
export function backoffMs(result: CheckResult, now: Date): number {
  const { token, login, mailbox, submission, dialogue } = result.evidence;
  const header = token?.retryAfter ? afterHeader(token.retryAfter, now) : null;
  const texts = [
    result.failure?.message,
    login?.reply,
    mailbox?.reply,
    submission?.mailFrom,
    submission?.rcptTo,
    submission?.data,
    ...(dialogue?.lines ?? []),
  ];
  const asked = [header, ...texts.map((text) => (text ? afterText(text) : null))].filter((ms) => ms !== null);
  return asked.length === 0 ? THROTTLED_MS : Math.min(LONGEST_MS, Math.max(...asked));
}

function afterHeader(header: string, now: Date): number | null {
  const value = header.trim();
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  // All three forms of an HTTP date begin with the day of the week; Date.parse finds a date in nearly any text.
  const at = /^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

function afterText(text: string): number | null {
  const backoff = /Backoff Time:?\s*(\d{1,12})\s*milliseconds/i.exec(text)?.[1];
  if (backoff) return Number(backoff);
  const seconds = /Retry-After:?\s*(\d{1,9})\b/i.exec(text)?.[1];
  return seconds ? Number(seconds) * 1000 : null;
}
