import type { CheckResult } from '@mailpath/protocol';

export const seen = (result: CheckResult): string =>
  result.evidence.unexpected?.line ?? result.failure?.message ?? '';

export const CUT = ['timeout', 'reset', 'closed'];
