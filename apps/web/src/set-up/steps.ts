import type { Site } from '../api/types.ts';

export const STEPS = ['site', 'application', 'servers', 'mailboxes', 'sign-in', 'round'] as const;
export type SetUpStep = (typeof STEPS)[number];
export type SetUpState = 'done' | 'next' | 'later';

interface Facts {
  site: Pick<Site, 'version' | 'externalUrl' | 'tenant' | 'clientId' | 'grant'>;
  connected: number;
  mailboxes: number;
  credentials: number;
  hasResults: boolean;
}

/** What is done of a site's set-up, by what is kept and not by which page was opened; the first that is not is next. */
export function setUp(facts: Facts): Record<SetUpStep, SetUpState> {
  const { site } = facts;
  const done: Record<SetUpStep, boolean> = {
    site: Boolean(site.version && site.externalUrl),
    application: Boolean(site.tenant && site.clientId),
    servers: facts.connected > 0,
    mailboxes: facts.mailboxes > 0,
    // Where the application signs in for itself, no user does.
    'sign-in': site.grant === 'app-only' || facts.credentials > 0,
    round: facts.hasResults,
  };
  const next = STEPS.find((step) => !done[step]);
  const stateOf = (step: SetUpStep): SetUpState => (done[step] ? 'done' : step === next ? 'next' : 'later');
  return Object.fromEntries(STEPS.map((step) => [step, stateOf(step)])) as Record<SetUpStep, SetUpState>;
}
