import type { CheckResult, Confidence, FailureCode, Owner, Phase } from '@mailpath/protocol';
import type { ServerResults, SiteFacts } from '../look.ts';
import { FAULTS, failing } from './faults.ts';
import { healthy, sections } from './healthy.ts';

/** A site in which one rule has something to say, and what it must say. */
export interface Fixture {
  servers: readonly ServerResults[];
  site?: SiteFacts;
  /** The servers it must name, where it is not svc01 alone. */
  names?: readonly string[];
  owner: Owner;
  /** The main item of the checklist. */
  item: string;
  confidence?: Confidence;
  /** A part of the sentence that only these facts can lead to. */
  says: string;
}

export const svc = (name = 'svc01'): ServerResults => healthy(name, 'services');
export const app = (name = 'app01'): ServerResults => healthy(name, 'application');

/** A healthy services server of which the results of one check are others. */
export const but = (
  server: ServerResults,
  check: string,
  to: (result: CheckResult) => CheckResult,
): ServerResults => ({
  ...server,
  results: server.results.map((result) => (result.check === check ? to(result) : result)),
});

export const faulty = (key: string, server: ServerResults = svc()): ServerResults => {
  const fault = FAULTS[key];
  if (!fault) throw new Error(`no fault leads to "${key}"`);
  return fault(server);
};

/** An IMAP check of svc01 that broke so. */
export const imap = (phase: Phase, code: FailureCode, evidence: object = {}) =>
  but(svc(), 'imap.tls', (result) => failing(result, phase, code, evidence));
/** The same result with other sections. */
export const withEvidence = (evidence: object) => (result: CheckResult) => ({
  ...result,
  evidence: sections(result.evidence, evidence),
});
export const everywhere = (evidence: object, server = svc()) => ({
  ...server,
  results: server.results.map(withEvidence(evidence)),
});
