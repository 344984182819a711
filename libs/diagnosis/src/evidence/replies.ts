import type { CheckResult } from '@mailpath/protocol';

export const seen = (result: CheckResult): string =>
  result.evidence.unexpected?.line ?? result.failure?.message ?? '';

/**
 * A status that the service itself gives when it fails (RFC 9110, section 15.6). 511 is none: a portal on the path
 * gives it, and no server may (RFC 6585, section 6).
 */
export const isServerFault = (status = 0): boolean => status >= 500 && status !== 511;

export const CUT = ['timeout', 'reset', 'closed'];
