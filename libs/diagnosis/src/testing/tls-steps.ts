import type { FailureCode, Phase } from '@mailpath/protocol';
import { failing } from './faults.ts';
import { but, svc } from './fixtures.ts';

export const proxy = (status: number | null, reply: string | null) => ({
  proxy: { url: 'http://proxy:8080', status, reply },
});
export const login = (phase: Phase, code: FailureCode, evidence: object = {}) =>
  but(svc(), 'https.sign-in-alias', (result) => failing(result, phase, code, evidence));
