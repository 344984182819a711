import type { Comparison, Credential, SignIn, Site } from '../api/types.ts';

/** From an application that is registered to a mailbox that opens, in the order of the protocol. */
export const STOPS = ['registered', 'browser', 'back', 'redeemed', 'refreshed', 'opened'] as const;
export type Stop = (typeof STOPS)[number];
export type StopState = 'done' | 'now' | 'later' | 'failed' | 'missing';

interface Facts {
  site: Pick<Site, 'tenant' | 'clientId'>;
  signIn: Pick<SignIn, 'state' | 'runId' | 'userName' | 'createdAt'>;
  credential: Pick<Credential, 'obtainedAt' | 'refreshedAt'> | undefined;
  /** Whether a mailbox that this user opens has been opened since; null while nobody has tried. */
  opened: boolean | null;
}

/** Where a sign-in stands, stop by stop: exactly one is being worked on, or has failed, until all are done. */
export function journey({ site, signIn, credential, opened }: Facts): Record<Stop, StopState> {
  const states: Record<Stop, StopState> = {
    registered: site.tenant && site.clientId ? 'done' : 'missing',
    browser: 'later',
    back: 'later',
    redeemed: 'later',
    refreshed: 'later',
    opened: 'later',
  };
  const walked = (...stops: Stop[]): void => {
    for (const stop of stops) states[stop] = 'done';
  };
  if (signIn.state === 'waiting') states.browser = 'now';
  if (signIn.state === 'expired') states.browser = 'failed';
  // A run is ordered when the code has come back: what fails after that, an agent has tried.
  if (signIn.state === 'failed' && signIn.runId === null) states.browser = 'failed';
  if (signIn.state === 'failed' && signIn.runId !== null) {
    walked('browser', 'back');
    states.redeemed = 'failed';
  }
  if (signIn.state === 'redeeming') {
    walked('browser', 'back');
    states.redeemed = 'now';
  }
  if (signIn.state === 'done') {
    walked('browser', 'back', 'redeemed');
    const refreshed = credential?.refreshedAt != null && credential.refreshedAt > credential.obtainedAt;
    states.refreshed = refreshed ? 'done' : 'now';
    states.opened = opened === null ? (refreshed ? 'now' : 'later') : opened ? 'done' : 'failed';
  }
  return states;
}

const OPENS = new Set(['imap.mailbox', 'pop3.mailbox']);

/** Whether any server opens a mailbox by one of these names; null while none has tried. */
export function mailboxOpens({ rows }: Pick<Comparison, 'rows'>, names: ReadonlySet<string>): boolean | null {
  const outcomes = rows
    .filter(({ check, target }) => OPENS.has(check) && names.has(target.name))
    .flatMap(({ cells }) => cells.map(({ outcome }) => outcome))
    .filter((outcome) => outcome === 'pass' || outcome === 'warn' || outcome === 'fail');
  if (outcomes.length === 0) return null;
  return outcomes.some((outcome) => outcome !== 'fail');
}
