import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import type { ServerResults } from '../look.ts';
import { failing } from './faults.ts';
import { but, svc } from './fixtures.ts';
import { claimsOf, sections, type SignInCheck } from './healthy.ts';

export const breaks = (
  check: SignInCheck,
  phase: Phase,
  code: FailureCode,
  evidence: object = {},
  server = svc(),
) => but(server, check, (result) => failing(result, phase, code, evidence));
export const answer = (aadsts: number, error = 'invalid_grant') => ({
  token: {
    status: 400,
    error,
    aadsts,
    description: `AADSTS${aadsts}: as Entra ID says it.`,
    correlationId: 'c-1',
  },
});
export const refresh = (aadsts: number, error?: string) =>
  breaks('token.refresh', 'token', 'denied', answer(aadsts, error));
export const login = (reply: string) => ({
  login: { user: 'sales@example.com', credential: '1800 characters, sha256 ab12', reply },
});
export const claims = (changes: Parameters<typeof claimsOf>[0]): ServerResults =>
  but(svc(), 'token.refresh', (result) => ({
    ...result,
    evidence: sections(result.evidence, { claims: claimsOf(changes) }),
  }));
export const also = (server: ServerResults, ...results: CheckResult[]): ServerResults => ({
  ...server,
  results: [...server.results, ...results],
});
