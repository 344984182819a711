import { randomUUID } from 'node:crypto';
import { type CanarySite, SALES } from './canary-site.ts';

/** A field that no API knows; its name, and not its value, is told to who has written it. */
export const VISIBLE_FIELD = 'visibleFieldThatIsNotKnown';

/** Frames that no API reads, each with a secret in it. */
export function badFrames({ clientSecrets: { good } }: CanarySite): string[] {
  const frame = (event: unknown, data: unknown): string => JSON.stringify({ event, data });
  const tokens = {
    leaseId: randomUUID(),
    refreshToken: good,
    accessToken: good,
    expiresAt: '2030-01-01T00:00:00Z',
  };
  return [
    `{"event":"tokens","data":{"refreshToken":"${good}"`,
    good,
    JSON.stringify(good),
    frame(good, {}),
    frame('tokens', good),
    frame('tokens', { ...tokens, leaseId: good }),
    frame('tokens', { ...tokens, expiresAt: good }),
    frame('tokens', { ...tokens, accessToken: [good] }),
    frame('device-code', { leaseId: randomUUID(), userCode: good, verificationUri: `http://${good}/` }),
    frame('join', { protocol: 2, agentId: good, signature: good, boot: good, facts: good }),
    frame('results', { boot: randomUUID(), deliveries: [{ sequence: good, runId: good, result: good }] }),
    frame('results', {
      boot: randomUUID(),
      deliveries: [{ sequence: 1, runId: null, result: { evidence: { [good]: good, dns: { [good]: 1 } } } }],
    }),
  ];
}

/** Command lines of the agent that are wrong, each with a secret in it. */
export function badCommandLines({ api, agents, clientSecrets: { good } }: CanarySite): string[][] {
  const proxy = `http://${good}:${good}@127.0.0.1:1`;
  return [
    ['enrol', api.url, good, `--proxxy=${proxy}`],
    ['enrol', api.url, good, proxy],
    ['enrol', api.url, good, '--allow', proxy, '--state', '/dev/null/nowhere'],
    ['enrol', api.url, good, '--proxy', `${proxy}/path`, '--state', '/dev/null/nowhere'],
    ['enrol', api.url, good, '--replace', '--state', `${agents.services.agent.stateDir}-other`],
    ['enrol', proxy, good],
    ['check', '--proxy', proxy.replace('http', 'ftp')],
    [proxy],
  ];
}

/** Environments with which the API does not start, each with secrets in it. */
export function badEnvironments({ api, canaries }: CanarySite): Record<string, string>[] {
  const [other, given] = [`other-${randomUUID()}`, api.gate.url];
  canaries.add('wrong password of the database', other);
  const url = new URL(given);
  url.password = other;
  return [
    { DATABASE_URL: url.href },
    { DATABASE_URL: given.replace('@', '%@') },
    { DATABASE_URL: given.replace('postgresql:', 'mysql:') },
    { DATABASE_URL: `${given}?sslcert=/dev/null/nowhere` },
    {
      MAILPATH_SECRET_KEY: other,
      MAILPATH_INITIAL_API_KEY: other,
      MAILPATH_PUBLIC_URL: `https://${other}:${other}@a`,
    },
  ];
}

type Request = [
  method: string,
  path: string,
  body?: object | string | undefined,
  headers?: Record<string, string>,
];

/** Requests that are refused, each with a secret in a place where it does not belong, or in one that is broken. */
export function badRequests({ siteId, agents, clientSecrets: { good }, canaries }: CanarySite): Request[] {
  const site = `/v1/sites/${siteId}`;
  const secret = `${site}/client-secret`;
  const serverId = agents.services.serverId;
  const [otherKey, otherCode] = [`mpk_${'k'.repeat(20)}${randomUUID()}`, `code-${randomUUID()}`];
  canaries.add('wrong API key', otherKey);
  canaries.add('wrong enrolment code', otherCode);
  const publicKey = 'A'.repeat(43);
  const facts = { version: '0', hostName: 'a', platform: 'linux', nodeVersion: '24' };
  const back = `https://ece.contoso.example/system/oauth/callback?code=${good}&state=${good}`;
  return [
    ['PUT', secret, `{"secret":"${good}`],
    ['PUT', secret, `{"secret":"${good}"} trailing ${good}`],
    ['PUT', secret, good, { 'content-type': 'text/plain' }],
    ['PUT', secret, `secret=${good}`, { 'content-type': 'application/x-www-form-urlencoded' }],
    ['PUT', secret, { secret: `${good}\n` }],
    ['PUT', secret, { secret: [good] }],
    ['PUT', secret, { secret: good, expiresOn: good }],
    ['PUT', secret, { secret: good.repeat(40) }],
    ['PUT', secret, { secret: `${good}${'x'.repeat(2_000_000)}` }],
    ['PUT', `/v1/sites/${good}/client-secret`, { secret: good }],
    ['PUT', `/v1/sites/${randomUUID()}/client-secret`, { secret: good }],
    ['POST', '/v1/sites', { name: 'x', tenant: `${good}!`, clientId: good, cloud: good, targets: good }],
    [
      'POST',
      '/v1/sites',
      { [VISIBLE_FIELD]: good, name: 'x', externalUrl: good, mailboxEverySeconds: good, grant: good },
    ],
    ['POST', `${site}/mailboxes`, { address: good }],
    ['POST', `${site}/servers`, { name: `${good}!`, roles: [good] }],
    ['POST', `${site}/runs`, { checks: [good], serverIds: [good] }],
    ['POST', `${site}/sign-ins`, { userName: good, serverId: good, flow: good }],
    ['POST', `${site}/sign-ins`, { userName: SALES, serverId, redirectUri: good }],
    ['POST', `${site}/sign-ins/${randomUUID()}/answer`, { url: back }],
    ['POST', `${site}/authorize-url`, { url: back }],
    ['POST', `${site}/authorize-url`, { url: `https://${good}:${good}@login.microsoftonline.com/` }],
    ['POST', `${site}/authorize-url`, { url: good }],
    ['GET', `/v1/sign-ins/start?ticket=${good}`],
    ['POST', `/v1/sign-ins/start?ticket=${'t'.repeat(43)}`],
    ['GET', `/v1/sign-ins/callback?code=${good}&state=${good}`],
    ['GET', `/v1/sign-ins/callback?code=${good}&state=${'s'.repeat(43)}`],
    ['GET', `/v1/sign-ins/callback?error=${good}&error_description=${good}&state=%zz`],
    ['GET', `${site}/results?cursor=${good}&check=${good}&outcome=${good}`],
    ['GET', `${site}/results?cursor=${Buffer.from(JSON.stringify([good])).toString('base64url')}`],
    ['GET', `/v1/%zz/${good}`],
    ['GET', `/v1/${good}`],
    ['GET', '/v1/sites', undefined, { authorization: `Bearer ${otherKey}` }],
    ['GET', '/v1/sites', undefined, { authorization: `Basic ${good}` }],
    ['POST', '/v1/enrolments', { code: otherCode, publicKey, facts }],
    ['POST', '/v1/enrolments', { code: otherCode, publicKey: good, facts: good }],
  ];
}
