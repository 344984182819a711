import type { CheckResult } from '@mailpath/protocol';
import type { Log } from './log.ts';

/** Writes down what a sign-in host refused under its own ids, by which Microsoft finds the request. */
export function tellRefusedSignIn(log: Log, result: CheckResult, runId: string | null): void {
  const { token } = result.evidence;
  if (!result.failure || !token?.correlationId) return;
  log.warn('sign-in refused', {
    runId,
    check: result.check,
    code: result.failure.code,
    aadsts: token.aadsts ?? null,
    correlationId: token.correlationId,
    traceId: token.traceId ?? null,
  });
}
