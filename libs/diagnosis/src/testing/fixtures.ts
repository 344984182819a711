import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import type { ServerResults } from '../look.ts';
import { FAULTS, failing } from './faults.ts';
import { healthy, sections } from './healthy.ts';

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
