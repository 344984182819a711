import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import type { ServerResults } from '../look.ts';
import { endpointOf } from '../look.ts';
import { certificate, claimsOf, sections, tlsOf } from './healthy.ts';

const LATE: readonly Phase[] = ['authenticate', 'open-mailbox', 'send', 'receive'];

export const failing = (
  result: CheckResult,
  phase: Phase,
  code: FailureCode,
  evidence: object = {},
  message = `${endpointOf(result)} ${phase} ${code}`,
): CheckResult => {
  const seen = [
    'dns',
    'claims',
    ...(phase !== 'resolve' && phase !== 'connect' ? ['connect'] : []),
    ...(LATE.includes(phase) ? ['tls'] : []),
  ];
  // What a check had seen before it broke.
  const known = Object.fromEntries(
    Object.entries(result.evidence).filter(([section]) => seen.includes(section)),
  );
  return {
    ...result,
    outcome: code === 'throttled' ? 'throttled' : 'fail',
    failure: { phase, code, message },
    phases: phase === 'resolve' || phase === 'connect' ? [{ name: 'resolve', ms: 1 }] : result.phases,
    evidence: sections(known, evidence),
  };
};

/** The server with some of its results replaced. */
export const changed = (
  server: ServerResults,
  which: (result: CheckResult) => boolean,
  to: (result: CheckResult) => CheckResult,
): ServerResults => ({ ...server, results: server.results.map((each) => (which(each) ? to(each) : each)) });

export const skippedResult = (result: CheckResult): CheckResult => ({
  ...result,
  outcome: 'skipped',
  failure: null,
  reason: 'No token could be obtained.',
  evidence: {},
  phases: [],
});

const port = (number: number) => (result: CheckResult) => result.target.port === number;
const isLogin = ({ check }: CheckResult) => ['imap.mailbox', 'smtp.login', 'pop3.mailbox'].includes(check);
const isToken = ({ check }: CheckResult) => check.startsWith('token.');

/** Logins are not tried where no token could be obtained. */
const withoutToken = (server: ServerResults): ServerResults => changed(server, isLogin, skippedResult);

const refusedToken =
  (aadsts: number, error: string) =>
  (server: ServerResults): ServerResults =>
    withoutToken(
      changed(server, isToken, (each) =>
        failing(each, 'token', 'denied', {
          token: {
            status: 400,
            error,
            aadsts,
            description: `AADSTS${aadsts}: refused.`,
            correlationId: 'c-1',
          },
        }),
      ),
    );

/** A fault on one server, by the key of the one finding that it must lead to. */
export const FAULTS: Readonly<Record<string, (server: ServerResults) => ServerResults>> = {
  'connect.timeout outlook.office365.com:993': (server) =>
    changed(server, port(993), (each) => failing(each, 'connect', 'timeout')),
  'connect.refused smtp.office365.com:587': (server) =>
    changed(server, port(587), (each) => failing(each, 'connect', 'refused')),
  'connect.port-closed 443': (server) =>
    withoutToken(changed(server, port(443), (each) => failing(each, 'connect', 'timeout'))),
  'connect.mail-ports mail ports': (server) =>
    changed(
      server,
      ({ target }) => target.port !== 443,
      (each) => failing(each, 'connect', 'timeout'),
    ),
  'connect.host-closed outlook.office365.com': (server) =>
    changed(
      server,
      ({ target }) => target.host === 'outlook.office365.com',
      (each) => failing(each, 'connect', 'unreachable'),
    ),
  'connect.timeout login.microsoftonline.com:443': (server) =>
    withoutToken(
      changed(
        server,
        ({ target }) => target.host === 'login.microsoftonline.com',
        (each) => failing(each, 'connect', 'timeout'),
      ),
    ),
  'server.offline network': (server) =>
    withoutToken(
      changed(
        server,
        () => true,
        (each) => failing(each, 'connect', 'timeout'),
      ),
    ),
  'resolve.no-answer resolver': (server) =>
    withoutToken(
      changed(
        server,
        () => true,
        (each) =>
          failing(each, 'resolve', 'resolver-failed', {
            dns: { addresses: [], error: 'EAI_AGAIN', ms: 5000 },
          }),
      ),
    ),
  'resolve.not-found smtp.office365.com': (server) =>
    changed(server, port(587), (each) =>
      failing(each, 'resolve', 'not-found', { dns: { addresses: [], error: 'ENOTFOUND', ms: 3 } }),
    ),
  'tls.black-hole path MTU': (server) =>
    withoutToken(
      changed(
        server,
        (each) => !isLogin(each),
        (each) => failing(each, 'tls', 'timeout', each.evidence.smtp ? { smtp: { ehlo: ['STARTTLS'] } } : {}),
      ),
    ),
  'tls.untrusted CN=Corp Proxy CA': (server) =>
    changed(server, port(993), (each) =>
      failing(each, 'tls', 'untrusted', {
        tls: tlsOf({
          trusted: false,
          distrust: 'SELF_SIGNED_CERT_IN_CHAIN',
          anchor: null,
          chain: [certificate('CN=Corp Proxy CA')],
        }),
      }),
    ),
  'starttls.missing smtp.office365.com:587': (server) =>
    changed(server, port(587), (each) =>
      failing(each, 'starttls', 'unexpected-reply', { smtp: { ehlo: ['XXXXXXXA'] } }),
    ),
  'http.silent login.microsoft.com:443': (server) =>
    changed(
      server,
      ({ target }) => target.name === 'login-alias',
      (each) => failing(each, 'http', 'timeout'),
    ),
  'token.secret application': refusedToken(7000222, 'invalid_client'),
  'token.policy AADSTS53003': refusedToken(53003, 'invalid_grant'),
  'token.revoked sales@example.com': refusedToken(50173, 'invalid_grant'),
  'token.other-user sales@example.com': (server) => {
    const claims = claimsOf({ user: 'admin@example.com' });
    const refused = changed(server, isLogin, (each) =>
      failing(each, 'authenticate', 'denied', {
        claims,
        login: { user: 'sales@example.com', reply: 'NO AUTHENTICATE failed.' },
      }),
    );
    return changed(refused, isToken, (each) => ({ ...each, evidence: { claims } }));
  },
  'clock.wrong clock': (server) =>
    changed(
      server,
      ({ evidence }) => evidence.clock !== undefined,
      (each) => ({
        ...each,
        evidence: sections(each.evidence, { clock: { source: 'http-date', aheadMs: -400_000 } }),
      }),
    ),
  'connect.family-dead IPv6': (server) =>
    changed(
      server,
      ({ evidence }) => evidence.connect !== undefined,
      (each) => ({
        ...each,
        outcome: 'warn',
        reason: '1 of 2 addresses failed while another was reached',
        evidence: sections(each.evidence, {
          connect: {
            attempts: [
              { address: '52.96.0.10', family: 4, outcome: 'reached', ms: 20 },
              { address: '2603:1026:c0d::10', family: 6, outcome: 'timeout', ms: 3000 },
            ],
            used: '52.96.0.10',
          },
        }),
      }),
    ),
};
