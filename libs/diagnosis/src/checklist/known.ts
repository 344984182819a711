import {
  checkFacts,
  type CheckResult,
  type ChecklistEvidence,
  type ExternalTest,
  type Finding,
  type Role,
  type SettingState,
  type StandardTarget,
} from '@mailpath/protocol';
import { demandOf, serviceOf } from '../demand.ts';
import { endpointOf } from '../look.ts';
import type { Judgement, MailboxSettings, Seen, SiteSettings } from '../settings/setting.ts';
import type { Told } from './words/catalogue.ts';

/** A server of the site with the newest result of each check and target; `stale` for one that says nothing of now. */
export interface ChecklistServer {
  name: string;
  roles: readonly Role[];
  results: readonly { result: CheckResult; stale: boolean }[];
}

/** What of an open finding decides on an item. Its words are in the language that the checklist is asked for in. */
export type OpenFinding = Pick<
  Finding,
  | 'key'
  | 'severity'
  | 'confidence'
  | 'code'
  | 'checklistItem'
  | 'items'
  | 'scope'
  | 'summary'
  | 'nextStep'
  | 'statements'
>;

/**
 * What the Entra application proves itself by, where Mailpath was given it, and until when: a certificate
 * carries the moment (ISO 8601), the last day of a secret (YYYY-MM-DD) is as an administrator entered it, or null.
 */
export type ClientProof =
  | { readonly kind: 'secret'; readonly expiresOn: string | null }
  | { readonly kind: 'certificate'; readonly expiresAt: string };

/** Everything that the checklist is judged by. */
export interface ChecklistInput {
  site: SiteSettings & {
    clientProof?: ClientProof | null;
  };
  servers: readonly ChecklistServer[];
  mailboxes: readonly MailboxSettings[];
  findings: readonly OpenFinding[];
  externalTest: ExternalTest | null;
  now: Date;
}

/** The input, with what every item asks of it. */
export interface Known extends ChecklistInput {
  /** Results that say something of now. */
  fresh: readonly Seen[];
  stale: readonly Seen[];
  /** The settings, judged by what is entered and by fresh results alone. */
  judgements: readonly Judgement[];
}

/** What came of one item for one subject. A sentence that is a string is in the language asked for already. */
export interface Verdict {
  verdict: SettingState;
  sentences: readonly (Told | string)[];
  nextSteps: readonly (Told | string)[];
  statements: readonly string[];
  evidence: readonly Seen[];
  /** Further results, which are known by name alone. */
  cited?: readonly ChecklistEvidence[];
}

/** Checks of the settings have targets that are none of the checklist's own and none that a site added. */
const isOfSettings = ({ result: { check } }: Seen): boolean => checkFacts(check).kind === 'set-up';

/** Whether what the result is about worked: `warn` says that a client gets through. */
export const works = ({ result: { outcome } }: Seen): boolean => outcome === 'pass' || outcome === 'warn';

/** Whether it failed by a fault that is not Mailpath's own; who was asked to slow down has not failed. */
export const fails = ({ result: { outcome, failure } }: Seen): boolean =>
  outcome === 'fail' && failure?.code !== 'internal';

export const messageOf = ({ result: { failure, reason, outcome } }: Seen): string =>
  failure?.message ?? reason ?? outcome;

/**
 * What the fresh results of one server say of the services that its roles need; settings and optional protocols are
 * left out.
 */
export function asked(known: Known, server: ChecklistServer): Seen[] {
  return known.fresh.filter(
    (seen) =>
      seen.server === server.name &&
      !isOfSettings(seen) &&
      demandOf(seen.result, server.roles, known.site.inboundProtocol).demand !== 'optional',
  );
}

/** The services by which mail comes in: one, or both while the site has not decided. */
export const inboundOf = ({ inboundProtocol }: SiteSettings): StandardTarget[] =>
  inboundProtocol === 'undecided' ? ['imap', 'pop3'] : [inboundProtocol];

/** What a result is about, for grouping: its service, or the place that a site added. */
export const subjectOf = ({ result }: Seen): string => serviceOf(result) ?? endpointOf(result);
