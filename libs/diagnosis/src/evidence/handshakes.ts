import type { CheckResult } from '@mailpath/protocol';
import { endpointOf } from '../look.ts';

/** Issuer and subject of what was presented, for a sentence. */
export function presented({ evidence }: CheckResult): { issuer: string; subject: string; distrust: string } {
  const [own] = evidence.tls?.chain ?? [];
  return {
    issuer: own?.issuer ?? '?',
    subject: own?.subject ?? '?',
    distrust: evidence.tls?.distrust ?? '?',
  };
}

/** A round trip that cannot read tells of another place's certificate, which it does not have. */
export const untrusted = ({ failure }: CheckResult): boolean =>
  failure?.phase === 'tls' && failure.code === 'untrusted';

export const distrustIs = (result: CheckResult, ...codes: string[]): boolean =>
  untrusted(result) && codes.includes(presented(result).distrust);

export const certificateLines = (results: readonly CheckResult[]): string[] =>
  results.map((result) => {
    const { subject, issuer, distrust } = presented(result);
    return `${endpointOf(result)}: subject ${subject}; issuer ${issuer}; ${distrust}`;
  });

/** The certificate is out of its dates, by the clock of the one who looked. */
export const outOfDates = (result: CheckResult): boolean =>
  distrustIs(result, 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID');

export const reachesTls = ({ phases, failure }: CheckResult): boolean =>
  failure?.phase === 'tls' || phases.some(({ name }) => name === 'tls');
