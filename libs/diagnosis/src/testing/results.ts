import {
  CheckResult,
  CLOUD_TARGETS,
  type Evidence,
  type FailureCode,
  type Phase,
  type StandardTarget,
} from '@mailpath/protocol';

const CHECK_OF: Record<StandardTarget, string> = {
  login: 'https.sign-in',
  'login-alias': 'https.sign-in-alias',
  exchange: 'https.exchange',
  smtp: 'smtp.submission',
  imap: 'imap.tls',
  pop3: 'pop3.tls',
};

let made = 0;

/** A valid result of the check that belongs to a standard target, to be varied by specs. */
export function passed(target: StandardTarget, changes: Partial<CheckResult> = {}): CheckResult {
  made += 1;
  return CheckResult.parse({
    id: `0192f000-0000-7000-8000-${made.toString(16).padStart(12, '0')}`,
    check: CHECK_OF[target],
    target: { name: target, ...CLOUD_TARGETS.worldwide[target] },
    outcome: 'pass',
    startedAt: '2026-11-24T03:00:00.000Z',
    durationMs: 120,
    phases: [
      { name: 'resolve', ms: 20 },
      { name: 'connect', ms: 100 },
    ],
    failure: null,
    reason: null,
    evidence: {},
    repeats: null,
    ...changes,
  });
}

/** The same, failed. */
export function failed(
  target: StandardTarget,
  phase: Phase,
  code: FailureCode,
  evidence: Evidence = {},
  message = `${phase} ${code}`,
): CheckResult {
  return passed(target, { outcome: 'fail', failure: { phase, code, message }, evidence });
}

/** The TLS section of a chain that nobody trusts. */
export function untrustedTls(issuer: string, distrust: string): Evidence {
  return {
    tls: {
      version: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      serverName: 'outlook.office365.com',
      trusted: false,
      distrust,
      chain: [
        {
          subject: 'CN=outlook.office365.com',
          issuer,
          subjectAltNames: ['outlook.office365.com'],
          validFrom:
            distrust === 'CERT_NOT_YET_VALID' ? '2026-12-01T00:00:00.000Z' : '2026-01-01T00:00:00.000Z',
          validTo: distrust === 'CERT_HAS_EXPIRED' ? '2026-11-01T00:00:00.000Z' : '2027-01-01T00:00:00.000Z',
          fingerprint256: 'AA:BB',
          serialNumber: '01',
        },
      ],
    },
  };
}
